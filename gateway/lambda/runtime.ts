import { uuid } from '../ids.ts';
import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import { whyUnsupported } from './build/builder.ts';
import { uncounted } from './concurrency.ts';
import type { DeployedFunction } from './deployed-function.ts';
import { Deployment } from './deployment.ts';
import { AnswerStream } from './environments/answer-stream.ts';
import { maximumRequestBytes, requestTooLarge } from './environments/failures.ts';
import { refusal, throttled } from './environments/pending-invocation.ts';
import type { FunctionInvoker, InvocationRequest, InvocationResult, StreamingInvoker } from './invocation.ts';
import type { FunctionStatus, LambdaRuntimeOptions } from './runtime-options.ts';
import { traceHeader } from './trace-header.ts';
import type { FunctionControl } from './versions/function-control.ts';

export type LambdaRuntime = FunctionInvoker &
  StreamingInvoker & {
    /** What Lambda's control plane changes. */
    readonly control: FunctionControl;
    /** Starts hosts where there is something to run. Builds begin and are not waited for. */
    start(): Promise<void>;
    /**
     * Builds anew beside the old and swaps all at once. A build that fails leaves the last good one in place; the
     * functions whose build did are what it resolves with.
     */
    replace(functions: readonly LambdaFunction[], layers: readonly LayerVersion[]): Promise<readonly string[]>;
    /** An edit was seen: what it takes to start anew is made ready while it is read and built. */
    anticipate(): void;
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

  const invoke = (request: InvocationRequest, stream: AnswerStream | null = null): Promise<InvocationResult> => {
    const { name } = request.function;
    const fn = deployment.find(name);
    if (!fn) return Promise.resolve({ kind: 'not-found', reason: `Function not found: ${name}` });
    // Only the first events of a function meet this: it is still being built.
    if (!fn.settled) return deployment.settled().then(() => invokeDeployed(options, fn, request, stream));
    return invokeDeployed(options, fn, request, stream);
  };

  return {
    control: deployment.control,
    invoke: (request) => invoke(request),
    invokeStreaming: (request) =>
      new Promise((begun, failed) => {
        const stream = new AnswerStream(begun);
        invoke(request, stream).then((result) => stream.finish(result), failed);
      }),
    async start() {
      if (options.functions.some((fn) => whyUnsupported(fn, options.runtimes ?? {}) === null))
        await deployment.openHosts();
      void deployment.deploy(options.functions, options.layers);
    },
    replace: (functions, layers) => deployment.deploy(functions, layers),
    anticipate: () => deployment.anticipate(),
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
  { clock, observer, draw = Math.random }: LambdaRuntimeOptions,
  fn: DeployedFunction,
  request: InvocationRequest,
  stream: AnswerStream | null,
): Promise<InvocationResult> => {
  if (fn.unsupported !== null) return Promise.resolve({ kind: 'unsupported', reason: fn.unsupported });
  const { qualifier } = request.function;
  const target = fn.targets.get(qualifier);
  if (!target) {
    return Promise.resolve({ kind: 'not-found', reason: `Function not found: ${fn.fn.arn}:${qualifier}` });
  }
  const version = target.version(draw);
  const { payload, traceId, clientContext, requestId = uuid() } = request;
  const failure = isTooLarge(payload) ? JSON.stringify(requestTooLarge) : fn.failureWithoutCode(version);
  if (failure !== null) return Promise.resolve(refusal(failure, version, requestId));
  const leave = fn.admission.enter();
  if (typeof leave === 'string') return Promise.resolve(throttled(leave));
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
      stream,
      settle:
        leave === uncounted
          ? settle
          : (result) => {
              leave();
              settle(result);
            },
    });
  });
};

/** A character is at most three bytes of UTF-8, so that most events need not be measured. */
const isTooLarge = (payload: string): boolean =>
  payload.length * 3 > maximumRequestBytes && Buffer.byteLength(payload) > maximumRequestBytes;
