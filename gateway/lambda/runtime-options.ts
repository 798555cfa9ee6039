import type { Clock } from '../clock.ts';
import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import type { Observer } from '../observe/observer.ts';
import type { AwsRoute } from './environments/environment-spec.ts';
import type { Credentials } from './environments/environment-variables.ts';
import type { RuntimeCommands } from './runtime-api/runtime-commands.ts';
import type { PinStore } from './versions/pin-store.ts';

export type LambdaRuntimeOptions = {
  readonly functions: readonly LambdaFunction[];
  readonly layers: readonly LayerVersion[];
  readonly account: { readonly id: string; readonly region: string; readonly partition: string };
  readonly clock: Clock;
  readonly observer: Observer;
  /** Processes that hold environments; 1 unless told otherwise. */
  readonly hosts?: number;
  /** Environments per function where it reserves no concurrency; 10 unless told otherwise. */
  readonly concurrency?: number;
  /** Throttles events above a function's concurrency, as Lambda does; otherwise they queue. */
  readonly strictConcurrency?: boolean;
  /** An environment that has rested so long, in the clock's time, ends; 10 unless told otherwise, 0 keeps all. */
  readonly idleMinutes?: number;
  /** A host that holds more, and runs nothing, is replaced; 1024 unless told otherwise. */
  readonly hostMegabytes?: number;
  /** A number between 0 and 1 for each event of an alias that weighs; `Math.random` unless told otherwise. */
  draw?(): number;
  /** Where builds go. */
  readonly buildDirectory: string;
  /** Where versions that are kept go; within the build directory unless told otherwise. */
  readonly versionsDirectory?: string;
  /** What control planes have said of functions; forgotten with the runtime unless told otherwise. */
  readonly pins?: PinStore;
  credentials(fn: LambdaFunction): Credentials;
  /** Where a handler's calls to AWS host names go. Asked when an environment starts, and by `updateRoutes`. */
  routes(): readonly AwsRoute[];
  /** Whether edits are expected: the build tool then stays at hand. */
  readonly watch?: boolean;
  /** Functions run one event at a time, and debuggers attach to them: to the first here, then at one port more each. */
  readonly debugPort?: number;
  /** What runs functions of other runtimes than Node.js. */
  readonly runtimes?: RuntimeCommands;
  /** Lets calls to AWS host names without a route reach AWS. */
  readonly allowAws?: boolean;
};

export type FunctionStatus = {
  readonly function: string;
  readonly environments: number;
  readonly busy: number;
  readonly queued: number;
  /** The host of its first environment; null where it has none. */
  readonly host: number | null;
};
