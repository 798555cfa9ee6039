import type { RunnableCode } from '../environments/environment-spec.ts';

export type BuildOutcome =
  | {
      readonly kind: 'built';
      readonly code: RunnableCode;
      /** Changes exactly when what would run changes. */
      readonly identity: string;
    }
  /** The message says where. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'unsupported'; readonly reason: string };

/** Outcomes by function name. */
export type BuildOutcomes = ReadonlyMap<string, BuildOutcome>;

export const runsAsItLies = (taskRoot: string, identity: string): BuildOutcome => ({
  kind: 'built',
  code: { taskRoot, resolveFrom: null, external: [] },
  identity,
});
