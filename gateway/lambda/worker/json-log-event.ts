import { format } from 'node:util';
import { isError } from './error-payload.ts';
import type { LogLevel } from './log-output.ts';

/**
 * One JSON object a call of `console`. A lone parameter stays what it is; of several the text is made as for a terminal,
 * and the first error among them is told apart.
 */
export const jsonLogEvent = (
  timestamp: string,
  level: LogLevel,
  requestId: string,
  parameters: readonly unknown[],
): string => {
  const head = { timestamp, level, ...(requestId === '' ? {} : { requestId }) };
  if (parameters.length === 1) {
    try {
      return JSON.stringify({ ...head, message: parameters[0] }, withErrors);
    } catch {
      return JSON.stringify({ ...head, message: format(parameters[0]) });
    }
  }
  const error = parameters.find(isError);
  return JSON.stringify({ ...head, message: format(...parameters), ...(error === undefined ? {} : partsOf(error)) });
};

const partsOf = (error: Error): object => ({
  errorType: error.constructor?.name ?? 'UnknownError',
  errorMessage: error.message,
  stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
});

const withErrors = (_key: string, value: unknown): unknown =>
  isError(value) ? { ...partsOf(value), ...value } : value;
