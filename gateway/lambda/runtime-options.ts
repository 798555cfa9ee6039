import type { Clock } from '../clock.ts';
import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import type { Observer } from '../observe/observer.ts';
import type { AwsRoute } from './environments/environment-spec.ts';
import type { Credentials } from './environments/environment-variables.ts';

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
  /** Where builds go. */
  readonly buildDirectory: string;
  credentials(fn: LambdaFunction): Credentials;
  /** Where a handler's calls to AWS host names go. Asked when an environment starts, and by `updateRoutes`. */
  routes(): readonly AwsRoute[];
  /** Whether edits are expected: the build tool then stays at hand. */
  readonly watch?: boolean;
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
