import type { Clock } from '../../clock.ts';
import type { EventSourceMapping } from '../../model/lambda-function.ts';
import type { FunctionInvoker, FunctionReference, InvocationResult } from '../invocation.ts';
import type { DeadLetters } from './dead-letters.ts';
import type { Partition, SourceRecord } from './event-source.ts';
import { backOff, decide, type FailurePolicy, type Outcome, readOutcome, type Unit } from './failure-policy.ts';

export type DeliveryContext = {
  readonly mapping: EventSourceMapping;
  readonly subject: string;
  readonly function: FunctionReference;
  readonly lambda: FunctionInvoker;
  readonly clock: Clock;
  readonly deadLetters: DeadLetters;
  /** Sends what was given up to where the mapping says; false where nothing here stands for that. */
  sendOn?(destination: string, letter: string): Promise<boolean>;
  /** What an event has besides its records. */
  members?(): Readonly<Record<string, unknown>>;
  /** Takes over what else an answer says; a text says why it fails the batch. */
  answered?(result: InvocationResult): string | null;
  notice(level: 'warning' | 'error', text: string): void;
};

/** A stream keeps its records for a day; what has not been handled by then is lost to it. */
const retentionSeconds = 24 * 3600;

/** Takes a batch to its function until each record is handled or given up; ends early when `stopped` says so. */
export const deliver = async (
  context: DeliveryContext,
  partition: Partition,
  batch: readonly SourceRecord[],
  stopped: AbortSignal,
): Promise<void> => {
  const { mapping, clock } = context;
  const policy: FailurePolicy = {
    maximumRetryAttempts: mapping.maximumRetryAttempts,
    bisectBatchOnFunctionError: mapping.bisectBatchOnFunctionError,
    reportBatchItemFailures: mapping.functionResponseTypes.includes('ReportBatchItemFailures'),
  };
  const oldest = mapping.maximumRecordAgeInSeconds >= 0 ? mapping.maximumRecordAgeInSeconds : retentionSeconds;
  const queue: Unit[] = [{ start: 0, end: batch.length, attempts: 0 }];
  let failures = 0;
  let last: InvocationResult | null = null;

  const handled = (index: number): void => partition.checkpoint(batch[index]!.position);
  const giveUp = async (unit: Unit, condition: string): Promise<void> => {
    await discard(context, partition, batch.slice(unit.start, unit.end), condition, unit.attempts, last);
    handled(unit.end - 1);
  };

  while (queue.length > 0 && !stopped.aborted) {
    let unit = queue.shift()!;
    const expiry = clock.now() - oldest * 1000;
    let fresh = unit.start;
    while (fresh < unit.end && batch[fresh]!.createdAt < expiry) fresh++;
    if (fresh > unit.start) {
      await giveUp({ ...unit, end: fresh }, 'RecordAgeExceeded');
      if (fresh === unit.end) continue;
      unit = { ...unit, start: fresh };
    }

    const records = batch.slice(unit.start, unit.end);
    last = await invoke(context, records);
    const positions = records.map((record) => record.position);
    const outcome = wholeOutcome(context, last, readOutcome(last, positions, policy.reportBatchItemFailures));
    if (outcome.kind === 'succeeded') {
      failures = 0;
      handled(unit.end - 1);
      continue;
    }
    if (outcome.kind === 'withheld') {
      queue.unshift(unit);
    } else {
      if (outcome.from > 0) {
        failures = 0;
        handled(unit.start + outcome.from - 1);
      }
      // The function was ended with everything else: no fault of the records, which come again.
      if (stopped.aborted) return;
      const decision = decide(policy, unit, unit.start + outcome.from);
      if (decision.kind === 'discard') {
        await giveUp(decision.unit, 'RetryAttemptsExhausted');
        failures = 0;
        continue;
      }
      queue.unshift(...decision.units);
    }
    failures++;
    if (failures === 1) {
      const what = `${mapping.functionName} did not handle ${records.length} records of ${context.subject}`;
      context.notice('warning', `${what} (${outcome.reason}); they are tried again`);
    }
    await pause(clock, backOff(failures), stopped);
  }
};

/** An answer that is wrong beyond its report fails all of the batch. */
const wholeOutcome = (context: DeliveryContext, result: InvocationResult, outcome: Outcome): Outcome => {
  const wrong = context.answered?.(result) ?? null;
  return wrong === null ? outcome : { kind: 'failed', from: 0, reason: wrong };
};

/** An event without records, until the function takes it or its attempts are used up. */
export const deliverFinal = async (context: DeliveryContext, stopped: AbortSignal): Promise<void> => {
  const { mapping, clock } = context;
  for (let failures = 1; !stopped.aborted; failures++) {
    const outcome = readOutcome(await invoke(context, []), [], false);
    if (outcome.kind === 'succeeded') return;
    const isExhausted = mapping.maximumRetryAttempts >= 0 && failures > mapping.maximumRetryAttempts;
    const what = `${mapping.functionName} did not handle the end of a window of ${context.subject} (${outcome.reason})`;
    if (isExhausted) return context.notice('error', `${what}; it was given up`);
    if (failures === 1) context.notice('warning', `${what}; it is tried again`);
    await pause(clock, backOff(failures), stopped);
  }
};

const invoke = async (context: DeliveryContext, records: readonly SourceRecord[]): Promise<InvocationResult> => {
  const payload = JSON.stringify({ Records: records.map((record) => record.event), ...context.members?.() });
  try {
    return await context.lambda.invoke({ function: context.function, payload });
  } catch (error) {
    return { kind: 'throttled', reason: (error as Error).message };
  }
};

/** Nothing is dropped silently: what is given up goes to a file that can be read, and is said aloud. */
const discard = async (
  context: DeliveryContext,
  partition: Partition,
  records: readonly SourceRecord[],
  condition: string,
  attempts: number,
  last: InvocationResult | null,
): Promise<void> => {
  const { mapping, clock } = context;
  const answered = last?.kind === 'answered' ? last : null;
  // The message that Lambda sends to an on-failure destination.
  const letter = {
    requestContext: {
      requestId: answered?.requestId ?? null,
      functionArn: mapping.functionName,
      condition,
      approximateInvokeCount: attempts,
    },
    responseContext: answered && {
      statusCode: 200,
      executedVersion: answered.executedVersion,
      functionError: answered.functionError,
    },
    version: '1.0',
    timestamp: new Date(clock.now()).toISOString(),
    ...partition.describe(records),
  };
  const where =
    mapping.onFailure !== null && (await context.sendOn?.(mapping.onFailure, JSON.stringify(letter)))
      ? `they are reported to ${mapping.onFailure}`
      : `they are kept in ${await context.deadLetters.append({
          ...letter,
          // And what AWS leaves out: where it should have gone, the records, and the last answer.
          destination: mapping.onFailure,
          records: records.map((record) => record.event),
          response: answered?.payload ?? null,
        })}`;
  const why = condition === 'RecordAgeExceeded' ? 'they are too old' : `${attempts} attempts failed`;
  context.notice(
    'error',
    `${records.length} records of ${context.subject} were given up for ${mapping.functionName} (${why}); ${where}`,
  );
};

const pause = (clock: Clock, ms: number, stopped: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stopped.aborted) return resolve();
    const done = (): void => {
      timer.cancel();
      stopped.removeEventListener('abort', done);
      resolve();
    };
    const timer = clock.after(ms, done);
    stopped.addEventListener('abort', done);
  });
