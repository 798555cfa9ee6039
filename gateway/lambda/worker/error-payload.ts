/** Lambda's shape of an error that a handler threw, or that loading it brought about. */
export type ErrorPayload = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
};

export const errorPayload = (error: unknown): ErrorPayload => {
  if (isError(error)) {
    return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
  }
  return { errorType: typeof error, errorMessage: asText(error), trace: [] };
};

/** Errors of another realm (`vm`, a test runner) are errors too. */
const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';

const asText = (value: unknown): string => {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
};

/** An error of the runtime itself, such as `Runtime.HandlerNotFound`. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = name;
    if (isError(cause)) this.stack = `${name}: ${cause.stack ?? cause.message}`;
  }
}
