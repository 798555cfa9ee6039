/**
 * A phase of a request: a function of the context that returns nothing, or throws its data plane's typed error.
 * A data plane is an ordered list of these and nothing else.
 */
export type Phase<Context> = {
  /** In API Gateway's own words; shown in the log of a request and by `gavel check`. */
  readonly name: string;
  run(context: Context): void | Promise<void>;
  /** What this phase does not do yet, for `gavel check`; absent when it is complete. */
  readonly thin?: string;
};

/** Runs the phases in order. Phases that answer at once cost no turn of the event loop. */
export const runPhases = async <Context>(phases: readonly Phase<Context>[], context: Context): Promise<void> => {
  for (const phase of phases) {
    const pending = phase.run(context);
    if (pending) await pending;
  }
};
