import type { Paint } from './terminal.ts';

type LogRecord = Readonly<Record<string, unknown>>;

/** Members that repeat what the terminal shows already, or that only a log query needs. */
const boring = new Set(
  'timestamp level message requestId service cold_start function_arn function_memory_size function_name function_request_id sampling_rate xray_trace_id'.split(
    ' ',
  ),
);

/** A line of a function's log for a terminal: JSON is taken apart, platform lines shrink; null says nothing new. */
export const functionLine = (text: string, paint: Paint): string | null => {
  const record = parse(text);
  if (record) return typeof record.type === 'string' ? platformLine(record, paint) : logLine(record, paint);
  if (/^(?:(?:START|END) RequestId: |INIT_START )/.test(text)) return null;
  const report = /^REPORT RequestId: \S+\tDuration: ([\d.]+) ms(?:.*\tInit Duration: ([\d.]+) ms)?/.exec(text);
  if (!report) return text.trimEnd();
  const line = took(report[1]!, report[2], paint);
  const failure = /\tError Type: (\S+)/.exec(text)?.[1] ?? /\tStatus: (\w+)/.exec(text)?.[1];
  return failure === undefined ? line : `${paint.red(failure)} ${line}`;
};

const parse = (text: string): LogRecord | null => {
  if (!text.startsWith('{')) return null;
  try {
    return JSON.parse(text) as LogRecord;
  } catch {
    return null;
  }
};

const platformLine = ({ type, record }: LogRecord, paint: Paint): string | null => {
  if (type === 'platform.start' || type === 'platform.initStart') return null;
  const { metrics, status } = record as { metrics?: Record<string, number>; status?: string };
  if (type !== 'platform.report' || !metrics) return `${type} ${JSON.stringify(record)}`;
  const line = took(String(metrics.durationMs), metrics.initDurationMs?.toFixed(0), paint);
  return status === undefined || status === 'success' ? line : `${paint.red(status)} ${line}`;
};

const took = (duration: string, init: string | undefined, paint: Paint): string =>
  paint.dim(`took ${duration} ms${init === undefined ? '' : `, cold start ${init} ms`}`);

const logLine = (record: LogRecord, paint: Paint): string => {
  const level = String(record.level ?? '');
  const colour = /ERROR|FATAL|CRITICAL/.test(level) ? paint.red : level === 'WARN' ? paint.yellow : paint.dim;
  const rest = Object.entries(record).filter(([name]) => !boring.has(name));
  const details = rest.length > 0 ? ` ${paint.dim(JSON.stringify(Object.fromEntries(rest)))}` : '';
  const message = typeof record.message === 'string' ? record.message : JSON.stringify(record.message);
  return `${colour(level)} ${message}${details}`.trim();
};
