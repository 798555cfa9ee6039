import { resolve } from 'node:path';
import { createIdentityStore } from './auth/identity-store.ts';
import { startBackstage } from './backstage.ts';
import { type Clock, systemClock } from './clock.ts';
import { createClosers } from './closers.ts';
import { writeControlFile } from './control/control-file.ts';
import { serveControl } from './control/control-server.ts';
import type { LambdaApi } from './control/lambda/lambda-api.ts';
import type { GatewayOptions } from './gateway-options.ts';
import { withRuntimes } from './given-runtimes.ts';
import type { InvocationResult } from './lambda/invocation.ts';
import type { Application } from './model/application.ts';
import { createObserver, type Observer } from './observe/observer.ts';
import { type Readiness, stageUrl } from './readiness.ts';
import type { FetchInit } from './server/fetch-in-process.ts';
import { openFrontDoors } from './server/front-doors.ts';
import { type ReadOptions, type ReadResult, readApplication } from './template/read-application.ts';
import type { SupportLine } from './template/support.ts';
import { type Reloaded, watchSources } from './watch-sources.ts';

export type Gateway = {
  readonly readiness: Readiness;
  readonly clock: Clock;
  readonly observer: Observer;
  application(): Application;
  support(): readonly SupportLine[];
  /** The URL of an API's stage; without a name, of the stage that users meet. null: there is none. */
  url(api: string, stage?: string): string | null;
  /** Sends a request to an API by its logical id, without a port. */
  fetch(api: string, path: string, init?: FetchInit): Promise<Response>;
  /** Calls a function by its logical id or name, with an optional qualifier after a colon. */
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  /** Resolves when everything written to streams before the call has been handled. */
  idle(): Promise<void>;
  /** Resolves when every function is built. */
  warm(): Promise<void>;
  /** Reads the sources again. A template that cannot be read throws and leaves the running one in place. */
  reload(): Promise<void>;
  /** The table service's endpoint; null where the template has no tables. */
  readonly dynamodbEndpoint: string | null;
  /** Ends everything that was started. Safe to call twice. */
  stop(): Promise<void>;
  /** Resolves when the gateway has stopped, by whatever way. */
  readonly stopped: Promise<void>;
};

/** Reads a template and serves all of it. Nothing that the template does not use is started. */
export const startGateway = async (options: GatewayOptions = {}): Promise<Gateway> => {
  const clock = options.clock ?? systemClock;
  const observer = options.observer ?? createObserver();
  let current = readSources(options);
  const { application } = current;
  const identities = createIdentityStore({ accountId: application.accountId, partition: application.partition });
  const account = { id: application.accountId, region: application.region, partition: application.partition };

  const backstage = await startBackstage({ options, application, identities, clock, observer, account });
  const services = { clock, lambda: backstage.lambda, events: backstage.events, identities, observer, account };
  let stopping: Promise<void> | null = null;
  let announceStopped: () => void = () => {};
  const stopped = new Promise<void>((done) => {
    announceStopped = done;
  });
  let reloading: Promise<void> = Promise.resolve();
  const closers = createClosers();
  closers.push(() => backstage.stop());
  const stop = (): Promise<void> => {
    stopping ??= (async () => {
      // What a reload is about to open must be there to be closed.
      await reloading;
      // The doors close first, so that no request meets a gateway that is half gone.
      await closers.closeAll(({ message }) => {
        observer.emit({ kind: 'notice', at: clock.now(), level: 'error', text: `While stopping: ${message}` });
      });
      announceStopped();
    })();
    return stopping;
  };

  try {
    const doors = await openFrontDoors(application.apis, services, options.port ?? 0);
    closers.push(() => doors.close());
    backstage.routeToApis(doors.addresses());
    const readiness = (): Readiness => ({
      ready: true,
      apis: doors.running(),
      control: `http://127.0.0.1:${control.port}`,
      credentials: {
        accessKeyId: identities.local.accessKeyId,
        secretAccessKey: identities.local.secretAccessKey,
      },
    });
    // Loaded by its first call: a start need not wait for it.
    let lambdaApi: Promise<LambdaApi> | undefined;
    const control = await serveControl({
      port: options.port ?? 0,
      clock,
      identities,
      region: application.region,
      stackName: application.stackName,
      readiness,
      apis: () => current.application.apis,
      lambda: async (request) => {
        lambdaApi ??= import('./control/lambda/lambda-api.ts').then(({ createLambdaApi }) =>
          createLambdaApi({ ...services, control: backstage.lambda.control }, identities),
        );
        return (await lambdaApi)(request);
      },
      unpin: (name) => backstage.lambda.control.unpin(name),
      stop: () => void stop(),
    });
    closers.push(() => control.close());
    backstage.routeToControl(readiness().control);
    if (backstage.dataDirectory !== null) closers.push(writeControlFile(backstage.dataDirectory, readiness()));
    await backstage.open();

    const reloadOnce = async (what: 'everything' | 'code'): Promise<Reloaded> => {
      if (stopping) return { failed: [], opened: [] };
      const next = what === 'code' ? current : readSources(options);
      const before = new Set(stageLines(doors.running()));
      // What is behind the doors first: a new route must find its function.
      const failed = await backstage.replace(next.application);
      await doors.replace(next.application.apis);
      backstage.routeToApis(doors.addresses());
      current = next;
      return { failed, opened: stageLines(doors.running()).filter((line) => !before.has(line)) };
    };
    /** One after the other. */
    const reload = (what: 'everything' | 'code' = 'everything'): Promise<Reloaded> => {
      const done = reloading.then(() => reloadOnce(what));
      reloading = done.then(
        () => {},
        () => {},
      );
      return done;
    };
    if (options.watch)
      closers.push(
        watchSources({
          application: () => current.application,
          dataDirectory: options.dataDirectory,
          reload,
          anticipate: () => backstage.lambda.anticipate(),
          clock,
          observer,
        }),
      );

    return {
      get readiness() {
        return readiness();
      },
      clock,
      observer,
      application: () => current.application,
      support: () => current.support,
      url: (api, stage) => stageUrl(doors.running(), api, stage),
      fetch: (api, path, init) => doors.fetch(api, path, init),
      invoke: (name, event) => backstage.invoke(name, event),
      idle: () => backstage.idle(),
      warm: () => backstage.lambda.ready(),
      reload: async () => void (await reload()),
      dynamodbEndpoint: backstage.dynamodbEndpoint,
      stop,
      stopped,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Reads what a gateway with these options would serve, and starts nothing. */
export const readSources = (options: GatewayOptions): ReadResult =>
  withRuntimes(readApplication(readOptions(options)), options.runtimes ?? {});

/** `Market dev  http://127.0.0.1:4501/dev` */
const stageLines = (apis: Readiness['apis']): readonly string[] =>
  apis.flatMap(({ logicalId, stages }) => Object.entries(stages).map(([name, url]) => `${logicalId} ${name}  ${url}`));

const readOptions = (options: GatewayOptions): ReadOptions => ({
  templateFile: resolve(options.template ?? 'template.yaml'),
  ...(options.configEnv === undefined ? {} : { configEnv: options.configEnv }),
  ...(options.parameterOverrides === undefined ? {} : { parameterOverrides: options.parameterOverrides }),
  ...(options.values === undefined ? {} : { values: options.values }),
  ...(options.stackName === undefined ? {} : { stackName: options.stackName }),
  ...(options.region === undefined ? {} : { region: options.region }),
});
