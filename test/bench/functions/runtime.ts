import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '#gateway/clock.ts';
import { createLambdaRuntime, type LambdaRuntime } from '#gateway/lambda/runtime.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { functionIn } from '../../lambda/bench-of-functions.ts';

export type BenchRuntime = {
  readonly runtime: LambdaRuntime;
  invoke(name: string, payload: string): Promise<string>;
  stop(): Promise<void>;
};

/** The handlers of this folder on a function host, as a gateway runs them. */
export const startRuntime = async (): Promise<BenchRuntime> => {
  const buildDirectory = mkdtempSync(path.join(tmpdir(), 'gavel-bench-functions-'));
  const dir = path.join(import.meta.dirname, 'handlers');
  const runtime = createLambdaRuntime({
    functions: [
      functionIn(dir, 'answer', { reservedConcurrency: 1 }),
      functionIn(dir, 'order', { reservedConcurrency: 1 }),
      functionIn(dir, 'sleeper', { reservedConcurrency: 50, timeoutSeconds: 30 }),
      functionIn(dir, 'client', { reservedConcurrency: 50, timeoutSeconds: 30 }),
    ],
    layers: [],
    account: { id: '123456789012', region: 'us-east-1', partition: 'aws' },
    clock: systemClock,
    observer: createObserver(),
    buildDirectory,
    credentials: () => ({ accessKeyId: 'bench', secretAccessKey: 'bench' }),
    routes: () => [],
  });
  await runtime.start();
  await runtime.ready();
  return {
    runtime,
    async invoke(name, payload) {
      const result = await runtime.invoke({ function: { name, qualifier: null }, payload });
      if (result.kind !== 'answered' || result.functionError !== null) throw new Error(JSON.stringify(result));
      return result.payload;
    },
    async stop() {
      await runtime.stop();
      rmSync(buildDirectory, { recursive: true, force: true });
    },
  };
};
