import { uuid } from '../ids.ts';
import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import { whyUnsupported } from './build/builder.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { Deployment } from './deployment.ts';
import { maximumRequestBytes, requestTooLarge } from './environments/failures.ts';
import { refusal } from './environments/pending-invocation.ts';
import type { FunctionInvoker, InvocationRequest, InvocationResult } from './invocation.ts';
import type { FunctionStatus, LambdaRuntimeOptions } from './runtime-options.ts';
import { traceHeader } from './trace-header.ts';

export type LambdaRuntime = FunctionInvoker & {
  /** Starts hosts where there is something to run. Builds begin and are not waited for. */
  start(): Promise<void>;
  /** Builds anew beside the old and swaps all at once. A build that fails leaves the last good one in place. */
  replace(functions: readonly LambdaFunction[], layers: readonly LayerVersion[]): Promise<void>;
  /** Resolves when the builds under way are done, well or badly. */
  ready(functionName?: string): Promise<void>;
  /** Ends a function's idle environments: one that was needed once holds no memory from then on. */
  endIdle(functionName: string): void;
  /** Hands the routes to the environments that run already. */
  updateRoutes(): void;
  stop(): Promise<void>;
  status(): readonly FunctionStatus[];
};

export const createLambdaRuntime = (options: LambdaRuntimeOptions): LambdaRuntime => {
  const deployment = new Deployment(options);
  const { clock } = options;
  const stopFollowing = clock.onChange(() => {
    for (const environment of deployment.environments()) environment.pushClock();
  });

  const invoke = (request: InvocationRequest): Promise<InvocationResult> => {
    const { name } = request.function;
    const fn = deployment.find(name);
    if (!fn) return Promise.resolve({ kind: 'not-found', reason: `Function not found: ${name}` });
    // Only the first events of a function meet this: it is still being built.
    if (!fn.settled) return deployment.settled().then(() => invokeDeployed(options, fn, request));
    return invokeDeployed(options, fn, request);
  };

  return {
    invoke,
    async start() {
      if (options.functions.some((fn) => whyUnsupported(fn) === null)) await deployment.openHosts();
      void deployment.deploy(options.functions, options.layers);
    },
    replace: (functions, layers) => deployment.deploy(functions, layers),
    ready: () => deployment.settled(),
    endIdle(functionName) {
      for (const pool of deployment.find(functionName)?.pools ?? []) pool.endIdle();
    },
    updateRoutes() {
      for (const environment of deployment.environments()) environment.pushRoutes();
    },
    async stop() {
      stopFollowing();
      await deployment.stop();
    },
    status: () => deployment.status(),
  };
};

const invokeDeployed = (
  { clock, observer }: LambdaRuntimeOptions,
  fn: DeployedFunction,
  request: InvocationRequest,
): Promise<InvocationResult> => {
  if (fn.unsupported !== null) return Promise.resolve({ kind: 'unsupported', reason: fn.unsupported });
  const { qualifier } = request.function;
  const target = fn.targets.get(qualifier);
  if (!target) {
    return Promise.resolve({ kind: 'not-found', reason: `Function not found: ${fn.fn.arn}:${qualifier}` });
  }
  if (fn.throttled) return Promise.resolve({ kind: 'throttled', reason: 'Rate Exceeded.' });
  const version = target.version(Math.random);
  const requestId = uuid();
  const { payload, traceId, clientContext } = request;
  const failure = isTooLarge(payload) ? JSON.stringify(requestTooLarge) : fn.failureWithoutCode();
  if (failure !== null) return Promise.resolve(refusal(failure, version, requestId));
  const at = clock.now();
  observer.emit({ kind: 'invocation', at, function: fn.fn.logicalId, version, requestId, event: payload });
  return new Promise((settle) => {
    fn.invoke(version, {
      requestId,
      payload,
      arn: target.arn,
      traceId: traceHeader(traceId, at),
      clientContext,
      arrivedAt: performance.now(),
      settle,
    });
  });
};

/** A character is at most three bytes of UTF-8, so that most events need not be measured. */
const isTooLarge = (payload: string): boolean =>
  payload.length * 3 > maximumRequestBytes && Buffer.byteLength(payload) > maximumRequestBytes;
