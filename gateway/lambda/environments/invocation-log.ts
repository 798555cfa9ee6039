import type { Clock } from '../../clock.ts';
import type { Observer } from '../../observe/observer.ts';

export type InvocationReport = {
  readonly durationMs: number;
  readonly initMs: number | null;
  readonly memoryMb: number;
  readonly status: 'timeout' | 'error' | null;
};

/** What a function's log stream shows: the platform's own lines, and those of the handler between them. */
export type InvocationLog = {
  start(requestId: string): void;
  end(requestId: string, report: InvocationReport): void;
  timedOut(requestId: string, seconds: number): void;
  line(requestId: string | null, text: string): void;
};

export type InvocationLogOptions = {
  readonly functionName: string;
  readonly version: string;
  readonly memorySize: number;
  readonly format: 'Text' | 'JSON';
  readonly systemLogLevel: string;
  readonly clock: Clock;
  readonly observer: Observer;
};

export const invocationLog = (options: InvocationLogOptions): InvocationLog => {
  const { clock, observer, functionName } = options;
  const line = (requestId: string | null, text: string): void =>
    observer.emit({ kind: 'function-log', at: clock.now(), function: functionName, requestId, line: text });
  return options.format === 'JSON' ? jsonLog(options, line) : textLog(options, line);
};

type Line = InvocationLog['line'];

const textLog = ({ version, memorySize, clock }: InvocationLogOptions, line: Line): InvocationLog => ({
  line,
  start: (id) => line(id, `START RequestId: ${id} Version: ${version}`),
  timedOut: (id, seconds) =>
    line(id, `${new Date(clock.now()).toISOString()} ${id} Task timed out after ${seconds.toFixed(2)} seconds`),
  end(id, { durationMs, initMs, memoryMb, status }) {
    line(id, `END RequestId: ${id}`);
    const init = initMs === null ? '' : `\tInit Duration: ${initMs.toFixed(2)} ms`;
    line(
      id,
      `REPORT RequestId: ${id}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billed(durationMs, initMs)} ms` +
        `\tMemory Size: ${memorySize} MB\tMax Memory Used: ${memoryMb} MB${init}${status ? `\tStatus: ${status}` : ''}`,
    );
  },
});

const jsonLog = (options: InvocationLogOptions, line: Line): InvocationLog => {
  const { clock, version, memorySize } = options;
  // START and REPORT are platform events of level INFO; a function that asks for WARN has them no more.
  const quiet = options.systemLogLevel === 'WARN';
  const event = (id: string, type: string, record: object): void => {
    if (!quiet) line(id, JSON.stringify({ time: new Date(clock.now()).toISOString(), type, record }));
  };
  return {
    line,
    start: (id) => event(id, 'platform.start', { requestId: id, version }),
    timedOut() {},
    end: (id, { durationMs, initMs, memoryMb, status }) =>
      event(id, 'platform.report', {
        requestId: id,
        metrics: {
          durationMs: round(durationMs),
          billedDurationMs: billed(durationMs, initMs),
          memorySizeMB: memorySize,
          maxMemoryUsedMB: memoryMb,
          ...(initMs === null ? {} : { initDurationMs: round(initMs) }),
        },
        status: status ?? 'success',
      }),
  };
};

/** Lambda bills whole milliseconds, and since August 2025 the init phase with them. */
const billed = (durationMs: number, initMs: number | null): number => Math.ceil(durationMs + (initMs ?? 0));

const round = (ms: number): number => Math.round(ms * 1000) / 1000;
