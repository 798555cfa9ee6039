import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { createIdentityStore } from './auth/identity-store.ts';
import type { Clock } from './clock.ts';
import { type Closers, createClosers } from './closers.ts';
import { besideTemplate, openDataDirectory } from './cloud/data-directory.ts';
import { type DynamoDb, startDynamoDb } from './cloud/dynamodb/dynamodb.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { functionDestination, keptDestination } from './lambda/event-invocations/destinations.ts';
import { EventInvocations } from './lambda/event-invocations/event-invocations.ts';
import { type EventSources, startEventSources } from './lambda/event-sources/event-sources.ts';
import { startSchedules } from './lambda/event-sources/schedules/schedules.ts';
import { type EventInvoker, type InvocationResult, parseFunctionReference } from './lambda/invocation.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda/runtime.ts';
import { lambdaStores } from './lambda/stores.ts';
import type { Application } from './model/application.ts';
import type { Observer } from './observe/observer.ts';
import { seed } from './seed.ts';
import type { Services } from './services.ts';
import { temporaryFolder } from './temporary-folder.ts';

type BackstageOptions = {
  readonly options: GatewayOptions;
  readonly application: Application;
  readonly identities: ReturnType<typeof createIdentityStore>;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly account: Services['account'];
};

/** Everything behind the APIs: data, functions, the sources that call functions. */
export type Backstage = {
  readonly lambda: LambdaRuntime;
  readonly events: EventInvoker;
  /** Where data lies; null: in memory. */
  readonly dataDirectory: string | null;
  readonly dynamodbEndpoint: string | null;
  /** Tells handlers where the APIs listen. */
  routeToApis(addresses: readonly { readonly apiId: string; readonly port: number }[]): void;
  /** Tells handlers where Lambda's own API is. */
  routeToControl(origin: string): void;
  /** Starts what calls functions by itself: event sources, and the demo seed after a first start. */
  open(): Promise<void>;
  /** Resolves with the functions that do not build. */
  replace(application: Application): Promise<readonly string[]>;
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export const startBackstage = async (given: BackstageOptions): Promise<Backstage> => {
  const { options, identities, clock, observer, account } = given;
  let { application } = given;
  const closers = createClosers();
  const notice = (level: 'info' | 'warning' | 'error', text: string): void =>
    observer.emit({ kind: 'notice', at: clock.now(), level, text });
  const stop = (): Promise<void> => closers.closeAll(({ message }) => notice('error', `While stopping: ${message}`));

  try {
    const named =
      options.dataDirectory ??
      (options.persist ? besideTemplate(application.templateFile, application.stackName) : null);
    const held = named === null ? null : openDataDirectory(named);
    if (held) closers.push(() => held.release());
    const dataDirectory = held?.path ?? null;
    const buildDirectory = dataDirectory === null ? temporary(closers) : join(dataDirectory, 'build');
    const { checkpoints, deadLetters, journal, pins, versionsDirectory } = lambdaStores(dataDirectory);

    let apiRoutes: { hostPattern: string; origin: string }[] = [];
    let controlRoutes: typeof apiRoutes = [];
    let dynamodb: DynamoDb | null = null;
    const lambda = createLambdaRuntime({
      functions: application.functions,
      layers: application.layers,
      account,
      clock,
      observer,
      buildDirectory,
      credentials: (fn) => identities.forRole(fn.role ?? fn.arn),
      routes: () => [...apiRoutes, ...controlRoutes, ...serviceRoutes(dynamodb)],
      watch: options.watch ?? false,
      pins,
      ...(versionsDirectory === null ? {} : { versionsDirectory }),
      ...(options.strictConcurrency === undefined ? {} : { strictConcurrency: options.strictConcurrency }),
      ...(options.idleMinutes === undefined ? {} : { idleMinutes: options.idleMinutes }),
      ...(options.hosts === undefined ? {} : { hosts: options.hosts }),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ...(options.debugPort === undefined ? {} : { debugPort: options.debugPort }),
      ...(options.runtimes === undefined ? {} : { runtimes: options.runtimes }),
      ...(options.allowAws === undefined ? {} : { allowAws: options.allowAws }),
    });
    closers.push(() => lambda.stop());
    const events = new EventInvocations({
      lambda,
      clock,
      journal,
      destinations: [
        functionDestination(async (name, qualifier, payload) => {
          const { kind } = await events.accept({ function: { name, qualifier }, payload });
          return kind === 'accepted';
        }),
        keptDestination(deadLetters, notice),
      ],
      find: (name) => lambda.control.known(name),
      notice,
    });
    closers.push(() => events.stop());
    const schedules = startSchedules({ clock, observer, events, deadLetters, account });
    closers.push(() => schedules.stop());
    const starting = lambda.start();
    // Awaited below; until then its failure is nobody's.
    starting.catch(() => {});
    if (application.tables.length > 0) {
      dynamodb = await startDynamoDb({
        tables: application.tables,
        dataDirectory,
        endpoint: options.endpoints?.dynamodb ?? null,
        region: account.region,
        clock,
        observer,
        reset: options.reset ?? 'none',
      });
      closers.push(() => dynamodb?.stop());
    }
    await starting;
    let sources: EventSources | null = null;
    const followSources = (mappings: Application['eventSourceMappings']): void => {
      if (sources) sources.replace(mappings);
      else if (mappings.length > 0) {
        const started = startEventSources({
          mappings,
          dynamodb,
          lambda,
          clock,
          observer,
          account,
          checkpoints,
          deadLetters,
          sendOn: async (destination, payload) => {
            const reference = destination.includes(':lambda:') ? parseFunctionReference(destination) : null;
            return reference !== null && (await events.accept({ function: reference, payload })).kind === 'accepted';
          },
        });
        closers.push(() => started.stop());
        sources = started;
      }
    };

    return {
      lambda,
      events,
      dataDirectory,
      dynamodbEndpoint: dynamodb?.endpoint ?? null,
      routeToApis(addresses) {
        apiRoutes = addresses.map(({ apiId, port }) => ({
          hostPattern: `${apiId}.execute-api.*`,
          origin: `http://127.0.0.1:${port}`,
        }));
        lambda.updateRoutes();
      },
      routeToControl(origin) {
        controlRoutes = ['lambda.*', 'lambda-fips.*'].map((hostPattern) => ({ hostPattern, origin }));
        lambda.updateRoutes();
      },
      async open() {
        followSources(application.eventSourceMappings);
        await sources?.ready();
        if (!options.alone) {
          events.resume();
          schedules.replace(application.eventRules, application.schedules);
        }
        if (dynamodb && dynamodb.created.length > 0) await seed(application, lambda, clock, observer);
      },
      async replace(next) {
        // Tables first: what they refuse leaves all as it was, and a new function may look for a new table at once.
        if (dynamodb) await dynamodb.replace(next.tables);
        else if (next.tables.length > 0 && application.tables.length === 0) {
          const names = next.tables.map(({ name }) => name).join(', ');
          notice('warning', `This start had no tables, so that no DynamoDB is running for ${names}. Start again.`);
        }
        const failed = await lambda.replace(next.functions, next.layers);
        application = next;
        followSources(next.eventSourceMappings);
        schedules.replace(next.eventRules, next.schedules);
        return failed;
      },
      invoke: (name, event) => {
        const [base, qualifier] = name.split(':', 2) as [string, string | undefined];
        const known = application.functions.find((fn) => fn.logicalId === base || fn.name === base);
        return lambda.invoke({
          function: { name: known?.name ?? base, qualifier: qualifier ?? null },
          payload: JSON.stringify(event ?? {}),
        });
      },
      idle: async () => {
        await sources?.idle();
        await events.idle();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** The host names under which the SDKs look for DynamoDB: by region, and by account for newer ones. */
const serviceRoutes = (dynamodb: DynamoDb | null): { hostPattern: string; origin: string }[] =>
  dynamodb === null
    ? []
    : ['dynamodb.*', '*.ddb.*', 'streams.dynamodb.*'].map((hostPattern) => ({
        hostPattern: `${hostPattern}.amazonaws.com`,
        // AWS serves the streams from a host of their own; every local engine serves both from one.
        origin: hostPattern.startsWith('streams.')
          ? dynamodb.endpoint.replace(/^(https?:\/\/)(dynamodb\.[^.]+\.amazonaws\.com)/, '$1streams.$2')
          : dynamodb.endpoint,
      }));

const temporary = (closers: Closers): string => {
  const directory = temporaryFolder();
  closers.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
};
