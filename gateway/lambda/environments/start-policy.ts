import type { Environment } from './environment.ts';

/**
 * How long an event waits for an environment to come free before another one starts: a start costs more than a fast
 * handler takes. In the system's time, not the clock's: it is about this machine's work, and a clock that stands still
 * must not keep events waiting.
 */
export const graceMs = 10;

/**
 * Where handlers are slow, one more environment for each event that waits. Where they are swift, or not known yet, one
 * at a time: a start takes a core for a while, and what waits may have been answered before it is done.
 */
export const environmentsToStart = (
  environments: Iterable<Environment>,
  { waiting, starting }: { readonly waiting: number; readonly starting: number },
): number => {
  let ready = 0;
  let swift = false;
  for (const environment of environments) {
    if (environment.state !== 'starting') ready++;
    if (environment.swift) swift = true;
  }
  return ready > 0 && !swift ? waiting - starting : 1 - starting;
};
