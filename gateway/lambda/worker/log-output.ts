import { format, formatWithOptions } from 'node:util';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { type ErrorPayload, errorPayload } from './error-payload.ts';

export type LogOutput = {
  /** Of the event in hand; empty in the init phase. */
  requestId: string;
  /** What the runtime itself says of an error, as Lambda writes it into the log. */
  platformError(what: string, error: ErrorPayload): void;
  /** Sends the unfinished last line of stdout and stderr. */
  flush(): void;
};

type Level = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

const order: readonly string[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/**
 * Leads `console` and what is written to stdout and stderr to the function's log. A call of `console` is one log event
 * however many lines it has; of a stream each line is one, unchanged.
 */
export const captureLogs = (spec: EnvironmentSpec, emit: (requestId: string, text: string) => void): LogOutput => {
  const flushes = [process.stdout, process.stderr].map((stream) =>
    captureStream(stream, (line) => emit(output.requestId, line)),
  );
  const write = (level: Level, parameters: readonly unknown[]): void => {
    const time = new Date().toISOString();
    const text =
      spec.logFormat === 'JSON'
        ? jsonEvent(time, level, output.requestId, parameters)
        : `${time}\t${output.requestId || 'undefined'}\t${level}\t${format(...parameters)}`;
    emit(output.requestId, text);
  };
  const threshold = spec.logFormat === 'JSON' ? Math.max(0, order.indexOf(spec.applicationLogLevel)) : 0;
  for (const [method, level] of Object.entries(methods)) {
    const heard = order.indexOf(level) >= threshold;
    console[method as keyof typeof methods] = (...parameters: unknown[]) => {
      if (heard) write(level, parameters);
    };
  }

  const output: LogOutput = {
    requestId: '',
    flush() {
      for (const flush of flushes) flush();
    },
    platformError(what, error) {
      const { errorType, errorMessage, trace } = error;
      if (spec.logFormat === 'JSON') return write('ERROR', [{ errorType, errorMessage, stackTrace: trace }]);
      write('ERROR', [`${what} \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`]);
    },
  };
  process.on('exit', () => output.flush());
  return output;
};

const captureStream = (stream: NodeJS.WriteStream, emitLine: (line: string) => void): (() => void) => {
  let rest = '';
  stream.write = (chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
    const encoding = typeof encodingOrDone === 'string' ? (encodingOrDone as BufferEncoding) : 'utf8';
    rest += typeof chunk === 'string' ? decoded(chunk, encoding) : Buffer.from(chunk).toString('utf8');
    const lines = rest.split('\n');
    rest = lines.pop()!;
    for (const line of lines) emitLine(line);
    const called = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (typeof called === 'function') process.nextTick(called as () => void);
    return true;
  };
  return () => {
    if (rest !== '') emitLine(rest);
    rest = '';
  };
};

/** A string written as hex or base64 stands for bytes. */
const decoded = (chunk: string, encoding: BufferEncoding): string =>
  encoding === 'utf8' || encoding === 'utf-8' ? chunk : Buffer.from(chunk, encoding).toString('utf8');

/** One JSON object a call: a lone object stays an object, and the first error among the parameters is told apart. */
const jsonEvent = (time: string, level: Level, requestId: string, parameters: readonly unknown[]): string => {
  const [only] = parameters;
  const error = parameters.find((parameter) => parameter instanceof Error);
  const message =
    parameters.length === 1 && !error ? only : formatWithOptions({ colors: false }, ...(parameters as [unknown]));
  const event: Record<string, unknown> = { timestamp: time, level, ...(requestId ? { requestId } : {}), message };
  if (error) {
    const { errorType, errorMessage, trace } = errorPayload(error);
    Object.assign(event, { errorType, errorMessage, stackTrace: trace });
  }
  try {
    return JSON.stringify(event);
  } catch {
    return JSON.stringify({ ...event, message: format(...parameters) });
  }
};
