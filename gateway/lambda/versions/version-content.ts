import type { LambdaFunction } from '../../model/lambda-function.ts';
import type { LayerMount, RunnableCode } from '../environments/environment-spec.ts';

/** What a version is: an immutable build with its settings and layers. */
export type VersionContent = {
  readonly fn: LambdaFunction;
  readonly code: RunnableCode;
  readonly layers: readonly LayerMount[];
  /** Two contents with the same identity run the same. */
  readonly identity: string;
};

/** What of a function's settings an environment is made with. Versions, aliases and places are not among them. */
export const settingsText = (fn: LambdaFunction): string =>
  JSON.stringify([
    fn.runtime,
    fn.handler,
    fn.memorySize,
    fn.timeoutSeconds,
    fn.environment,
    fn.layers,
    fn.loggingConfig,
    fn.role,
    fn.arn,
  ]);
