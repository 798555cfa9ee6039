import type { Observer } from '../../observe/observer.ts';

/** `X-Amz-Log-Result` holds so much of an invocation's log. */
const mostBytes = 4096;

/** Gathers what is logged for one request from now on. */
export const followLog = (observer: Observer, requestId: string): { end(): string } => {
  const lines: string[] = [];
  const stop = observer.subscribe((seen) => {
    if (seen.kind === 'function-log' && seen.requestId === requestId) lines.push(seen.line.replace(/\n?$/, '\n'));
  });
  return {
    /** The end of the log, in base64. */
    end() {
      stop();
      return Buffer.from(lines.join('')).subarray(-mostBytes).toString('base64');
    },
  };
};
