import { billed, type InvocationLog, type InvocationLogOptions, logLine, runtimeVersion } from './invocation-log.ts';

/** The platform's lines as text: START, END, REPORT and their like. */
export const textLog = (options: InvocationLogOptions): InvocationLog => {
  const { version, memorySize, clock } = options;
  const line = logLine(options);
  return {
    line,
    initStart() {
      const { name, arn } = runtimeVersion(options);
      line(null, `INIT_START Runtime Version: ${name}\tRuntime Version ARN: ${arn}`);
    },
    initReport({ phase, durationMs, status, errorType }) {
      const type = status === 'timeout' ? '' : `\tError Type: ${errorType}`;
      line(null, `INIT_REPORT Init Duration: ${durationMs.toFixed(2)} ms\tPhase: ${phase}\tStatus: ${status}${type}`);
    },
    start: (id) => line(id, `START RequestId: ${id} Version: ${version}`),
    timedOut: (id, seconds) =>
      line(id, `${new Date(clock.now()).toISOString()} ${id} Task timed out after ${seconds.toFixed(2)} seconds`),
    end(id, { durationMs, initMs, memoryMb, status, errorType, traceId }) {
      line(id, `END RequestId: ${id}`);
      let report =
        `REPORT RequestId: ${id}\tDuration: ${durationMs.toFixed(2)} ms\tBilled Duration: ${billed(durationMs, initMs)} ms` +
        `\tMemory Size: ${memorySize} MB\tMax Memory Used: ${memoryMb} MB`;
      if (initMs !== null) report += `\tInit Duration: ${initMs.toFixed(2)} ms`;
      if (status !== null) report += `\tStatus: ${status}`;
      if (status === 'error') report += `\tError Type: ${errorType}`;
      if (traceId.endsWith('Sampled=1')) report += traceText(traceId);
      line(id, report);
    },
  };
};

const traceText = (traceId: string): string => {
  const [root, parent] = traceId.split(';').map((part) => part.slice(part.indexOf('=') + 1));
  return `\t\nXRAY TraceId: ${root}\tSegmentId: ${parent}\tSampled: true`;
};
