import type { Clock } from '../../clock.ts';
import type { Observer } from '../../observe/observer.ts';

export type InvocationReport = {
  readonly durationMs: number;
  readonly initMs: number | null;
  readonly memoryMb: number;
  /** How its environment ended, where it did. */
  readonly status: 'timeout' | 'error' | null;
  /** Of a function's failure, whether its environment ended or not. */
  readonly errorType: string | null;
  readonly traceId: string;
};

export type InitReport = {
  /** `invoke`: a second try, within an invocation. */
  readonly phase: 'init' | 'invoke';
  readonly durationMs: number;
  readonly status: 'timeout' | 'error';
  readonly errorType: string;
};

/** What a function's log stream shows: the platform's own lines, and those of the handler between them. */
export type InvocationLog = {
  initStart(): void;
  /** Of an init phase that failed; one that succeeds is told with the first event's report. */
  initReport(report: InitReport): void;
  start(requestId: string): void;
  end(requestId: string, report: InvocationReport): void;
  timedOut(requestId: string, seconds: number): void;
  line(requestId: string | null, text: string): void;
};

export type InvocationLogOptions = {
  readonly functionName: string;
  readonly version: string;
  readonly memorySize: number;
  readonly runtime: string;
  readonly region: string;
  readonly initializationType: string;
  readonly systemLogLevel: string;
  readonly clock: Clock;
  readonly observer: Observer;
};

/** Writes a line of a function's log. */
export const logLine =
  ({ clock, observer, functionName }: InvocationLogOptions): InvocationLog['line'] =>
  (requestId, line) =>
    observer.emit({ kind: 'function-log', at: clock.now(), function: functionName, requestId, line });

/** Lambda numbers the builds of its runtimes. This one is none of them. */
export const runtimeVersion = ({ runtime, region }: InvocationLogOptions): { name: string; arn: string } => ({
  name: `${runtime.replace(/^([a-z]+)(.*?)(?:\.x)?$/, '$1:$2')}.v0`,
  arn: `arn:aws:lambda:${region}::runtime:${'0'.repeat(64)}`,
});

/** Lambda bills whole milliseconds, and since August 2025 the init phase with them. */
export const billed = (durationMs: number, initMs: number | null): number => Math.ceil(durationMs + (initMs ?? 0));
