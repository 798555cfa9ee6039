import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { systemClock } from '#gateway/clock.ts';
import type { InvocationResult } from '#gateway/lambda/invocation.ts';
import { createLambdaRuntime, type LambdaRuntime } from '#gateway/lambda/runtime.ts';
import type { LambdaRuntimeOptions } from '#gateway/lambda/runtime-options.ts';
import type { LambdaFunction, LayerVersion } from '#gateway/model/lambda-function.ts';
import { createObserver, type Observation } from '#gateway/observe/observer.ts';

type Answered = Extract<InvocationResult, { kind: 'answered' }>;

export type Bench = {
  readonly folder: string;
  readonly runtime: LambdaRuntime;
  readonly observations: Observation[];
  /** Writes files below the bench's folder; keys are paths. */
  write(files: Readonly<Record<string, string>>): void;
  invoke(name: string, event?: unknown, qualifier?: string): Promise<Answered>;
  /** The answer of a handler that did not fail. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever handlers answer.
  call(name: string, event?: unknown, qualifier?: string): Promise<any>;
  logs(name: string): string[];
  notices(): string[];
  stop(): Promise<void>;
};

type BenchOptions = Partial<Omit<LambdaRuntimeOptions, 'functions' | 'layers'>> & {
  readonly files: Readonly<Record<string, string>>;
  /** Folders to show inside the bench's. */
  readonly links?: Readonly<Record<string, string>>;
  functions(folder: string): readonly LambdaFunction[];
  layers?(folder: string): readonly LayerVersion[];
};

/** A temporary folder with handlers, and a runtime that runs them. */
export const openBench = async ({ files, links = {}, functions, layers, ...options }: BenchOptions): Promise<Bench> => {
  const folder = mkdtempSync(join(tmpdir(), 'gavel-lambda-'));
  const write = (more: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(more)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  write(files);
  for (const [path, target] of Object.entries(links)) symlinkSync(target, join(folder, path), 'junction');
  const observer = createObserver();
  const observations: Observation[] = [];
  observer.subscribe((observation) => observations.push(observation));
  const runtime = createLambdaRuntime({
    functions: functions(folder),
    layers: layers?.(folder) ?? [],
    account: { id: '123456789012', region: 'us-east-1', partition: 'aws' },
    clock: systemClock,
    observer,
    buildDirectory: join(folder, '.build'),
    credentials: () => ({ accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret', sessionToken: 'token' }),
    routes: () => [],
    ...options,
  });
  await runtime.start();
  const invoke: Bench['invoke'] = async (name, event = {}, qualifier) => {
    const payload = JSON.stringify(event);
    const result = await runtime.invoke({ function: { name, qualifier: qualifier ?? null }, payload });
    if (result.kind !== 'answered') throw new Error(`${result.kind}: ${result.reason}`);
    return result;
  };
  return {
    folder,
    runtime,
    observations,
    write,
    invoke,
    async call(name, event, qualifier) {
      const result = await invoke(name, event, qualifier);
      if (result.functionError) throw new Error(result.payload);
      return JSON.parse(result.payload);
    },
    logs: (name) => observations.flatMap((o) => (o.kind === 'function-log' && o.function === name ? [o.line] : [])),
    notices: () => observations.flatMap((o) => (o.kind === 'notice' ? [o.text] : [])),
    async stop() {
      await runtime.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

const place = { file: 'template.yaml', line: 1, column: 1 };

/** A function whose handler is `NAME.handler` in `dir`. */
export const functionIn = (dir: string, name: string, changes: Partial<LambdaFunction> = {}): LambdaFunction => ({
  logicalId: name,
  name,
  arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  runtime: 'nodejs24.x',
  handler: `${name}.handler`,
  code: { kind: 'directory', dir },
  build: null,
  memorySize: 128,
  timeoutSeconds: 3,
  environment: {},
  layers: [],
  architecture: 'arm64',
  ephemeralStorageMb: 512,
  tracing: 'PassThrough',
  reservedConcurrency: null,
  loggingConfig: { format: 'Text', applicationLogLevel: 'INFO', systemLogLevel: 'INFO', logGroup: '' },
  description: '',
  role: null,
  versions: [],
  aliases: [],
  deadLetterTarget: null,
  eventInvoke: null,
  unsupported: null,
  place,
  ...changes,
});

/** Waits for something to become true, with a deadline. */
export const eventually = async (condition: () => boolean, what: string): Promise<void> => {
  const deadline = performance.now() + 5000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`${what} did not happen within five seconds`);
    await new Promise((next) => setTimeout(next, 5));
  }
};
