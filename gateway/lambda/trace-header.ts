import { hexId, traceRoot } from '../ids.ts';

/**
 * `_X_AMZN_TRACE_ID` of an invocation. The Lambda service stands between caller and function as a parent of its own, and
 * tracers refuse a header without one. Nothing records traces here yet, so that nothing is sampled unless the caller is.
 */
export const traceHeader = (incoming: string | undefined, now: number): string => {
  const root = /Root=[^;]+/.exec(incoming ?? '')?.[0] ?? `Root=${traceRoot(now)}`;
  const sampled = /Sampled=[01]/.exec(incoming ?? '')?.[0] ?? 'Sampled=0';
  return `${root};Parent=${hexId(8)};${sampled}`;
};
