import { types } from 'node:util';

/** Lambda's shape of an error that a handler threw, or that loading it brought about. */
export type ErrorPayload = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

export const errorPayload = (error: unknown): ErrorPayload => {
  try {
    if (isError(error)) {
      return { errorType: error.name, errorMessage: error.message, trace: error.stack ? stackLines(error.stack) : [] };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    // A getter that throws, or a stack that is no text.
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
};

/** For the log: with the properties that the error has of its own, and those of its cause. */
export const errorText = (error: unknown): string => {
  try {
    return JSON.stringify(asError(error), (_key, value) => (isError(value) ? withOwnProperties(value) : value));
  } catch {
    const { errorType, errorMessage, trace } = errorPayload(error);
    return JSON.stringify({ errorType, errorMessage, stack: trace });
  }
};

export const asError = (error: unknown): Error =>
  isError(error) ? error : new Error(errorPayload(error).errorMessage);

const withOwnProperties = (error: Error): object => ({
  errorType: error.name,
  errorMessage: error.message,
  code: (error as NodeJS.ErrnoException).code,
  ...error,
  stack: error.stack === undefined ? undefined : stackLines(error.stack),
});

const ownFolder = new URL('../', import.meta.url).href;

/** Without the frames of this gateway, which tell nobody anything about a handler. */
const stackLines = (stack: string): readonly string[] => stack.split('\n').filter((line) => !line.includes(ownFolder));

/** Errors of another realm (`vm`, a test runner) are errors too. */
export const isError = (value: unknown): value is Error => types.isNativeError(value) || value instanceof Error;

/** An error of the runtime itself, such as `Runtime.HandlerNotFound`. Its trace is that of what brought it about. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, cause?: unknown) {
    super(message);
    Object.defineProperty(this, 'name', { value: name, enumerable: false });
    this.stack = isError(cause) ? `${name}: ${cause.stack ?? cause.message}` : `${this.stack}`.replace(/^Error/, name);
  }
}
