import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { createIdentityStore } from './auth/identity-store.ts';
import type { Clock } from './clock.ts';
import { openDataDirectory } from './cloud/data-directory.ts';
import { type DynamoDb, startDynamoDb } from './cloud/dynamodb/dynamodb.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { checkpointFile, checkpointsInMemory } from './lambda/event-sources/checkpoints.ts';
import { deadLetterFile, deadLettersInMemory } from './lambda/event-sources/dead-letters.ts';
import { type EventSources, startEventSources } from './lambda/event-sources/event-sources.ts';
import type { InvocationResult } from './lambda/invocation.ts';
import { createLambdaRuntime, type LambdaRuntime } from './lambda/runtime.ts';
import type { Application } from './model/application.ts';
import type { Observer } from './observe/observer.ts';
import { seed } from './seed.ts';
import type { Services } from './services.ts';

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
  readonly dynamodbEndpoint: string | null;
  /** Tells handlers where the APIs listen. */
  routeToApis(addresses: readonly { readonly apiId: string; readonly port: number }[]): void;
  /** Starts what calls functions by itself: event sources, and the demo seed after a first start. */
  open(): Promise<void>;
  replace(application: Application): Promise<void>;
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export const startBackstage = async (given: BackstageOptions): Promise<Backstage> => {
  const { options, identities, clock, observer, account } = given;
  let { application } = given;
  const closers: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };

  try {
    const dataDirectory = options.dataDirectory ?? (options.persist ? besideTemplate(application) : null);
    if (dataDirectory !== null) {
      const held = openDataDirectory(dataDirectory);
      closers.push(() => held.release());
    }
    const buildDirectory = dataDirectory === null ? await temporary(closers) : join(dataDirectory, 'build');

    let apiRoutes: { hostPattern: string; origin: string }[] = [];
    let dynamodb: DynamoDb | null = null;
    const lambda = createLambdaRuntime({
      functions: application.functions,
      layers: application.layers,
      account,
      clock,
      observer,
      buildDirectory,
      credentials: (fn) => identities.forRole(fn.role ?? fn.arn),
      routes: () => [...apiRoutes, ...serviceRoutes(dynamodb)],
      watch: options.watch ?? false,
      ...(options.hosts === undefined ? {} : { hosts: options.hosts }),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
      ...(options.allowAws === undefined ? {} : { allowAws: options.allowAws }),
    });
    closers.push(() => lambda.stop());
    const starting = lambda.start();
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
    const checkpoints =
      dataDirectory === null ? checkpointsInMemory() : checkpointFile(join(dataDirectory, 'checkpoints.json'));
    const deadLetters =
      dataDirectory === null ? deadLettersInMemory() : deadLetterFile(join(dataDirectory, 'dead-letters.jsonl'));
    let sources: EventSources | null = null;

    return {
      lambda,
      dynamodbEndpoint: dynamodb?.endpoint ?? null,
      routeToApis(addresses) {
        apiRoutes = addresses.map(({ apiId, port }) => ({
          hostPattern: `${apiId}.execute-api.*`,
          origin: `http://127.0.0.1:${port}`,
        }));
        lambda.updateRoutes();
      },
      async open() {
        const { eventSourceMappings: mappings } = application;
        if (mappings.length > 0) {
          sources = startEventSources({
            mappings,
            dynamodb,
            lambda,
            clock,
            observer,
            account,
            checkpoints,
            deadLetters,
          });
          closers.push(() => sources?.stop());
          await sources.ready();
        }
        if (dynamodb && dynamodb.created.length > 0) await seed(application, lambda, clock, observer);
      },
      async replace(next) {
        await lambda.replace(next.functions, next.layers);
        application = next;
        await dynamodb?.replace(next.tables);
        sources?.replace(next.eventSourceMappings);
      },
      invoke: (name, event) => {
        const [base, qualifier] = name.split(':', 2) as [string, string | undefined];
        const known = application.functions.find((fn) => fn.logicalId === base || fn.name === base);
        return lambda.invoke({
          function: { name: known?.name ?? base, qualifier: qualifier ?? null },
          payload: JSON.stringify(event ?? {}),
        });
      },
      idle: async () => sources?.idle(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

const besideTemplate = (application: Application): string =>
  join(dirname(application.templateFile), '.gavel', application.stackName);

/** The host names under which the SDKs look for DynamoDB: by region, and by account for newer ones. */
const serviceRoutes = (dynamodb: DynamoDb | null): { hostPattern: string; origin: string }[] =>
  dynamodb === null
    ? []
    : ['dynamodb.*', '*.ddb.*', 'streams.dynamodb.*'].map((hostPattern) => ({
        hostPattern: `${hostPattern}.amazonaws.com`,
        origin: dynamodb.endpoint,
      }));

const temporary = async (closers: (() => unknown)[]): Promise<string> => {
  const directory = await mkdtemp(join(tmpdir(), 'gavel-'));
  closers.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
};
