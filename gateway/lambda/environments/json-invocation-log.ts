import { billed, type InvocationLog, type InvocationLogOptions, logLine, runtimeVersion } from './invocation-log.ts';

const levels = ['DEBUG', 'INFO', 'WARN'];

/** The platform's events as JSON, from the system log level on that the function asks for. */
export const jsonLog = (options: InvocationLogOptions): InvocationLog => {
  const line = logLine(options);
  const { clock, version, memorySize, functionName, initializationType } = options;
  const threshold = levels.indexOf(options.systemLogLevel);
  const event = (level: string, requestId: string | null, type: string, record: object): void => {
    if (levels.indexOf(level) < threshold) return;
    line(requestId, JSON.stringify({ time: new Date(clock.now()).toISOString(), type, record }));
  };
  return {
    line,
    initStart() {
      const { name, arn } = runtimeVersion(options);
      event('INFO', null, 'platform.initStart', {
        initializationType,
        phase: 'init',
        runtimeVersion: name,
        runtimeVersionArn: arn,
        functionName,
        functionVersion: version,
      });
    },
    initReport({ phase, durationMs, status, errorType }) {
      const metrics = { durationMs: round(durationMs) };
      event('WARN', null, 'platform.initReport', { initializationType, phase, status, errorType, metrics });
    },
    start: (requestId) => event('INFO', requestId, 'platform.start', { requestId, version }),
    timedOut() {},
    end(requestId, { durationMs, initMs, memoryMb, status, errorType }) {
      const metrics = {
        durationMs: round(durationMs),
        billedDurationMs: billed(durationMs, initMs),
        memorySizeMB: memorySize,
        maxMemoryUsedMB: memoryMb,
        ...(initMs === null ? {} : { initDurationMs: round(initMs) }),
      };
      if (errorType === null) event('INFO', requestId, 'platform.report', { requestId, metrics, status: 'success' });
      else {
        event('WARN', requestId, 'platform.report', { requestId, metrics, status: status ?? 'error', errorType });
      }
    },
  };
};

const round = (ms: number): number => Math.round(ms * 1000) / 1000;
