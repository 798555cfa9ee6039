import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import { functionDestination, keptDestination } from '#gateway/lambda/event-invocations/destinations.ts';
import { EventInvocations } from '#gateway/lambda/event-invocations/event-invocations.ts';
import { type Journal, journalFile, journalInMemory } from '#gateway/lambda/event-invocations/journal.ts';
import { deadLettersInMemory } from '#gateway/lambda/event-sources/dead-letters.ts';
import type { LambdaFunction } from '#gateway/model/lambda-function.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

let folder: string;
let clock: AdjustableClock;
let bench: Bench | undefined;
let events: EventInvocations;
let letters: ReturnType<typeof deadLettersInMemory>;
let notices: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gavel-events-'));
  clock = adjustableClock(Date.parse('2026-08-01T10:00:00Z'));
  letters = deadLettersInMemory();
  notices = [];
});
afterEach(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const stop = async (): Promise<void> => {
  if (!bench) return;
  await events.stop();
  await bench.stop();
  bench = undefined;
};

/** Writes down what it gets, so that the test sees it after a restart too, and fails where the event says so. */
const recorder = `
  import { appendFileSync, existsSync } from 'node:fs';
  export const handler = async (event, context) => {
    if (event.until) while (!existsSync(event.until)) await new Promise((done) => setTimeout(done, 5));
    if (event.ms) await new Promise((done) => setTimeout(done, event.ms));
    appendFileSync(process.env.FILE, JSON.stringify({ event, id: context.awsRequestId }) + '\\n');
    if (event.fail) throw new TypeError('as asked');
    return { done: event.n };
  };`;

const start = async (changes: Partial<LambdaFunction> = {}, journal: Journal = journalInMemory()): Promise<void> => {
  const made = (name: string, more: Partial<LambdaFunction> = {}): LambdaFunction =>
    functionIn(folder, name, {
      handler: 'recorder.handler',
      environment: { FILE: join(folder, `${name}.jsonl`) },
      timeoutSeconds: 30,
      ...more,
    });
  bench = await openBench({
    files: {},
    functions: () => [made('work', changes), made('after')],
    clock,
    idleMinutes: 0,
    strictConcurrency: true,
  });
  bench.write({ [join('..', folder.slice(folder.lastIndexOf('/') + 1), 'recorder.mjs')]: recorder });
  await bench.runtime.ready();
  events = new EventInvocations({
    lambda: bench.runtime,
    clock,
    journal,
    destinations: [
      functionDestination(async (name, qualifier, payload) => {
        const { kind } = await events.accept({ function: { name, qualifier }, payload });
        return kind === 'accepted';
      }),
      keptDestination(letters, (_, text) => notices.push(text)),
    ],
    find: (name) => bench!.runtime.control.known(name),
    notice: (_, text) => notices.push(text),
  });
  events.resume();
};

const send = (event: unknown, qualifier: string | null = null) =>
  events.accept({ function: { name: 'work', qualifier }, payload: JSON.stringify(event) });

// biome-ignore lint/suspicious/noExplicitAny: events are whatever tests send.
const got = (name = 'work'): { event: any; id: string }[] => {
  try {
    return readFileSync(join(folder, `${name}.jsonl`), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  } catch {
    return [];
  }
};

describe('an asynchronous event', () => {
  test('is accepted before it runs, and runs once where it succeeds', async () => {
    await start();
    const accepted = await send({ n: 1 });
    expect(accepted).toEqual({ kind: 'accepted', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    await events.idle();
    expect(got()).toEqual([{ event: { n: 1 }, id: accepted.kind === 'accepted' && accepted.requestId }]);
    clock.advance(3_600_000);
    await events.idle();
    expect(got()).toHaveLength(1);
    expect(notices).toEqual([]);
  });

  test('keeps its order among a thousand where one runs at a time', async () => {
    await start({ reservedConcurrency: 1 });
    await Promise.all(Array.from({ length: 1000 }, (_, n) => send({ n })));
    await events.idle();
    expect(got().map(({ event }) => event.n)).toEqual(Array.from({ length: 1000 }, (_, n) => n));
  });

  test('that fails is tried again after one minute and after two more, with the same id, then given up', async () => {
    await start();
    await send({ fail: true });
    await events.idle();
    expect(got()).toHaveLength(1);
    clock.advance(59_000);
    await events.idle();
    expect(got()).toHaveLength(1);
    clock.advance(1_000);
    await eventually(() => got().length === 2, 'the first retry');
    await events.idle();
    clock.advance(119_000);
    await events.idle();
    expect(got()).toHaveLength(2);
    clock.advance(1_000);
    await eventually(() => got().length === 3, 'the second retry');
    await events.idle();
    clock.advance(3_600_000);
    await events.idle();
    expect(new Set(got().map(({ id }) => id)).size).toBe(1);
    expect(got()).toHaveLength(3);
    expect(notices).toEqual([
      expect.stringMatching(/^work: asynchronous event \S+ failed; again in 60 s$/),
      expect.stringMatching(/^work: asynchronous event \S+ was given up \(RetriesExhausted\)$/),
    ]);
  });

  test('that is throttled comes again, and is no attempt', async () => {
    await start({ reservedConcurrency: 1 });
    const until = join(folder, 'go');
    const running = bench!.invoke('work', { until });
    await eventually(() => bench!.runtime.status()[0]!.busy === 1, 'the synchronous one at work');
    await send({ n: 1 });
    await events.idle();
    expect(notices).toEqual([expect.stringContaining('was throttled; again in 1 s')]);
    bench!.write({ [join('..', folder.slice(folder.lastIndexOf('/') + 1), 'go')]: '' });
    await running;
    clock.advance(1_000);
    await eventually(() => got().length === 2, 'the event');
    await events.idle();
  });

  test.each([
    ['a name that is not there', 'nobody', null, 'not-found'],
    ['an alias that is not there', 'work', 'live', 'not-found'],
  ])('for %s is not accepted', async (_, name, qualifier, kind) => {
    await start();
    expect(await events.accept({ function: { name, qualifier }, payload: '{}' })).toMatchObject({ kind });
  });

  test('larger than a megabyte is not accepted', async () => {
    await start();
    expect(await send('x'.repeat(1_048_575))).toEqual({
      kind: 'too-large',
      reason: '1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)',
    });
  });
});

describe('what becomes of it', () => {
  const invoke = { maximumRetryAttempts: 0, maximumEventAgeInSeconds: 21_600, onSuccess: null, onFailure: null };
  const after = 'arn:aws:lambda:us-east-1:123456789012:function:after';

  test('goes to another function at once, in Lambda’s envelope', async () => {
    await start({ eventInvoke: { ...invoke, onSuccess: after } });
    const accepted = await send({ n: 5 });
    await eventually(() => got('after').length === 1, 'the destination');
    await events.idle();
    expect(got('after')[0]!.event).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-08-01T10:0/),
      requestContext: {
        requestId: accepted.kind === 'accepted' && accepted.requestId,
        functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:work:$LATEST',
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: { n: 5 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { done: 5 },
    });
  });

  test('is kept where nothing stands for its destination, and a dead letter has its attributes', async () => {
    await start({
      eventInvoke: { ...invoke, onFailure: 'arn:aws:sqs:us-east-1:123456789012:failed' },
      deadLetterTarget: 'arn:aws:sns:us-east-1:123456789012:dead',
    });
    const accepted = await send({ n: 6, fail: true });
    await events.idle();
    expect(letters.letters).toMatchObject([
      {
        destination: 'arn:aws:sqs:us-east-1:123456789012:failed',
        as: 'OnFailure',
        body: {
          requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
          requestPayload: { n: 6, fail: true },
          responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
          responsePayload: { errorType: 'TypeError', errorMessage: 'as asked' },
        },
      },
      {
        destination: 'arn:aws:sns:us-east-1:123456789012:dead',
        as: 'DeadLetterConfig',
        body: { n: 6, fail: true },
        attributes: {
          RequestID: accepted.kind === 'accepted' && accepted.requestId,
          ErrorCode: 200,
          ErrorMessage: 'as asked',
        },
      },
    ]);
    expect(notices.at(-1)).toContain(
      'what goes to arn:aws:sns:us-east-1:123456789012:dead (DeadLetterConfig) is kept in',
    );
  });

  test('is told when it became too old, and when its function is turned off', async () => {
    await start({
      reservedConcurrency: 0,
      eventInvoke: { ...invoke, onFailure: after },
    });
    await send({ n: 7 });
    await eventually(() => got('after').length === 1, 'the destination');
    expect(got('after')[0]!.event.requestContext).toMatchObject({
      condition: 'ZeroReservedConcurrency',
      approximateInvokeCount: 0,
    });
    await stop();

    await start({
      eventInvoke: { ...invoke, maximumRetryAttempts: 2, maximumEventAgeInSeconds: 60, onFailure: after },
    });
    await send({ n: 8, fail: true });
    await events.idle();
    clock.advance(60_001);
    await eventually(() => got('after').length === 2, 'the destination');
    expect(got('after')[1]!.event.requestContext).toMatchObject({
      condition: 'EventAgeExceeded',
      approximateInvokeCount: 1,
    });
  });
});

test('a gateway in memory says which it takes with it', async () => {
  await start();
  await send({ fail: true });
  await events.idle();
  await stop();
  expect(notices.at(-1)).toBe('1 asynchronous events end with this gateway, which keeps them in memory.');
});

describe('a restart', () => {
  test('lets what is under way end', async () => {
    const file = join(folder, 'events.jsonl');
    await start({}, journalFile(file));
    await send({ n: 1, ms: 100 });
    await eventually(() => bench!.runtime.status()[0]!.busy === 1, 'the event at work');
    await stop();
    expect(got()).toHaveLength(1);
    expect(journalFile(file).left).toEqual([]);
  });

  test('loses nothing: what waits, what was under way, what is to be tried again', async () => {
    const file = join(folder, 'events.jsonl');
    const until = join(folder, 'go');
    await start({ reservedConcurrency: 1 }, journalFile(file));
    await send({ n: 1, fail: true });
    await eventually(() => notices.length === 1, 'the failure of the first');
    for (const n of [2, 3, 4]) await send({ n, until });
    await eventually(() => bench!.runtime.status()[0]!.busy === 1, 'the second at work');
    await stop();
    expect(got().map(({ event }) => event.n)).toEqual([1]);

    await start({ reservedConcurrency: 1 }, journalFile(file));
    expect(notices.at(-1)).toBe('4 asynchronous events of an earlier run go on.');
    bench!.write({ [join('..', folder.slice(folder.lastIndexOf('/') + 1), 'go')]: '' });
    await events.idle();
    expect(got().map(({ event }) => event.n)).toEqual([1, 2, 3, 4]);
    clock.advance(60_000);
    await eventually(() => got().length === 5, 'the retry of the first');
    expect(got()[4]).toEqual(got()[0]);
  });
});
