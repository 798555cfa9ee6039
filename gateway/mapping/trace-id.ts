import { traceRoot } from '../ids.ts';

/** `X-Amzn-Trace-Id` of a request: what the backend sees as a header, and what is handed on and answered. */
export type TraceId = { readonly header: string; readonly propagated: string };

/**
 * Keeps the client's Root, Parent and Sampled; makes a root where there is none. Without a flag nothing is sampled,
 * unless a parent came along: then somebody upstream is tracing.
 */
export const traceIdOf = (incoming: string | undefined, now: number): TraceId => {
  if (incoming === undefined) {
    const header = `Root=${traceRoot(now)}`;
    return { header, propagated: `${header};Sampled=0` };
  }
  let root: string | undefined;
  let parent: string | undefined;
  let sampled: string | undefined;
  for (const part of incoming.split(';')) {
    const field = part.trim();
    if (field.startsWith('Root=')) root = field;
    else if (field.startsWith('Parent=')) parent = field;
    else if (field.startsWith('Sampled=')) sampled = field;
  }
  const made = root ?? `Root=${traceRoot(now)}`;
  const flag = sampled ?? `Sampled=${parent ? 1 : 0}`;
  return {
    header: root ? incoming : `${made};${incoming}`,
    propagated: parent ? `${made};${parent};${flag}` : `${made};${flag}`,
  };
};
