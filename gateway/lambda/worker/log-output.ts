import { StringDecoder } from 'node:string_decoder';
import { format } from 'node:util';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { asError, errorText } from './error-payload.ts';
import { jsonLogEvent } from './json-log-event.ts';
import { captureDescriptors } from './raw-output.ts';

export type LogOutput = {
  /** Of the event in hand; empty in the init phase. */
  requestId: string;
  /** What the runtime itself says of an error, as Lambda writes it into the log. */
  platformError(what: string, error: unknown): void;
  /** Sends the unfinished last line of stdout and stderr. */
  flush(): void;
};

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

const order: readonly string[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
} as const;

/** A log event is no larger on Lambda: a longer line becomes several. */
const longestEvent = 262_144;

/**
 * Leads `console` and what is written to stdout and stderr to the function's log. A call of `console` is one log event
 * however many lines it has; of a stream each line is one, unchanged.
 */
export const captureLogs = (spec: EnvironmentSpec, send: (requestId: string, text: string) => void): LogOutput => {
  const emit = (text: string): void => {
    let at = 0;
    do {
      const end = endOfEvent(text, at);
      send(output.requestId, text.slice(at, end));
      at = end;
    } while (at < text.length);
  };
  const stdout = captureStream(process.stdout, emit);
  const stderr = captureStream(process.stderr, emit);
  captureDescriptors({ 1: stdout.write, 2: stderr.write });
  const write = (level: LogLevel, parameters: readonly unknown[]): void => {
    const time = new Date().toISOString();
    emit(
      spec.logFormat === 'JSON'
        ? jsonLogEvent(time, level, output.requestId, parameters)
        : `${time}\t${output.requestId || 'undefined'}\t${level}\t${format(...parameters)}`,
    );
  };
  // Lambda sets it by LoggingConfig where the format is JSON; a function may set it for itself.
  const threshold = order.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase() ?? '');
  const patched = console as unknown as Record<string, (...parameters: unknown[]) => void>;
  for (const [method, level] of Object.entries(methods)) {
    const heard = order.indexOf(level) >= threshold;
    patched[method] = (...parameters) => {
      if (heard) write(level, parameters);
    };
  }

  const output: LogOutput = {
    requestId: '',
    flush() {
      stdout.flush();
      stderr.flush();
    },
    platformError(what, error) {
      if (spec.logFormat !== 'JSON') write('ERROR', [`${what} \t${errorText(error)}`]);
      else write('ERROR', [asError(error)]);
    },
  };
  process.on('exit', () => output.flush());
  return output;
};

/** Never between the two halves of a character. */
const endOfEvent = (text: string, at: number): number => {
  const end = at + longestEvent;
  if (end >= text.length) return text.length;
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last < 0xdc00 ? end - 1 : end;
};

type Captured = { write(chunk: string | Uint8Array, encoding?: BufferEncoding): void; flush(): void };

const captureStream = (stream: NodeJS.WriteStream, emitLine: (line: string) => void): Captured => {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const captured: Captured = {
    write(chunk, encoding = 'utf8') {
      const lines = (rest + (typeof chunk === 'string' ? decoded(chunk, encoding) : decoder.write(chunk))).split('\n');
      rest = lines.pop()!;
      for (const line of lines) emitLine(line);
    },
    flush() {
      if (rest !== '') emitLine(rest);
      rest = '';
    },
  };
  stream.write = (chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
    captured.write(chunk, typeof encodingOrDone === 'string' ? (encodingOrDone as BufferEncoding) : 'utf8');
    const called = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (typeof called === 'function') process.nextTick(called as () => void);
    return true;
  };
  return captured;
};

/** A string written as hex or base64 stands for bytes. */
const decoded = (chunk: string, encoding: BufferEncoding): string =>
  encoding === 'utf8' || encoding === 'utf-8' ? chunk : Buffer.from(chunk, encoding).toString('utf8');
