import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import type { InvocationResult, InvocationStream } from '#gateway/lambda/invocation.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench;
let clock: AdjustableClock;

const streamify = (body: string): string => `
  import { pipeline } from 'node:stream/promises';
  import { Readable } from 'node:stream';
  import { once } from 'node:events';
  const later = () => new Promise((done) => setImmediate(done));
  export const handler = awslambda.streamifyResponse(async (event, stream, context) => { ${body} });`;

const handlers = {
  pieces: streamify(`
    stream.setContentType('text/plain');
    stream.write('one ');
    while (!event.go && !globalThis.go) { await later(); if (context.getRemainingTimeInMillis() < 100) break; }
    stream.write('two');
    stream.end();`),
  binary: streamify('stream.end(Buffer.from([0, 255, 128, 10]));'),
  objects: streamify('stream.write({ lot: 1 }); stream.end();'),
  iterator: streamify(`
    async function* lots() { for (let i = 0; i < 3; i++) { await later(); yield 'lot ' + i + ';'; } }
    await pipeline(lots(), stream);`),
  http: streamify(`
    const response = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { a: 'b' } });
    response.write('body');
    response.end();`),
  bare: streamify(`awslambda.HttpResponseStream.from(stream, { statusCode: 404 }).end('gone');`),
  late: streamify(`stream.write('x'); stream.setContentType('text/html');`),
  nothing: streamify('stream.end();'),
  early: streamify(`throw new RangeError('before the first byte');`),
  midway: streamify(`stream.write('half'); await later(); throw new RangeError('midway');`),
  afterwards: streamify(`stream.end('all'); await once(stream, 'finish'); throw new Error('too late');`),
  exits: streamify(`await new Promise((done) => stream.write('half', done)); process.exit(3);`),
  endless: streamify(`stream.write('begun'); setInterval(() => {}, 1000);`),
  forever: streamify(`for (;;) if (!stream.write('x'.repeat(1000))) await once(stream, 'drain');`),
  large: streamify(
    `await pipeline(Readable.from(Array.from({ length: event.megabytes }, () => Buffer.alloc(1 << 20, 'x'))), stream);`,
  ),
  held: streamify(`
    globalThis.written = 0;
    for (let i = 0; i < 40; i++) {
      if (!stream.write(Buffer.alloc(1 << 20, 'x'))) await once(stream, 'drain');
      console.log('written', i + 1);
    }
    stream.end();`),
  sync: 'export const handler = awslambda.streamifyResponse(() => {});',
  whole: 'export const handler = async () => ({ whole: true });',
  generator: 'export async function* handler() { yield 1; }',
};

beforeAll(async () => {
  clock = adjustableClock(Date.UTC(2031, 0, 1), 1);
  bench = await openBench({
    clock,
    files: Object.fromEntries(Object.entries(handlers).map(([name, text]) => [`${name}.mjs`, text])),
    functions: (folder) => Object.keys(handlers).map((name) => functionIn(folder, name, { timeoutSeconds: 900 })),
  });
});
afterAll(() => bench.stop());

const invoke = (name: string, event: unknown = {}): Promise<InvocationResult | InvocationStream> =>
  bench.runtime.invokeStreaming({ function: { name, qualifier: null }, payload: JSON.stringify(event) });

const stream = async (name: string, event: unknown = {}): Promise<InvocationStream> => {
  const answer = await invoke(name, event);
  if (answer.kind !== 'streaming') throw new Error(JSON.stringify(answer));
  return answer;
};

const read = async (answer: InvocationStream): Promise<Buffer> => Buffer.concat(await answer.body.toArray());

const failureOf = async (outcome: Promise<InvocationResult> | InvocationResult): Promise<unknown> => {
  const result = await outcome;
  if (result.kind !== 'answered' || !result.functionError) throw new Error(JSON.stringify(result));
  return JSON.parse(result.payload);
};

describe('a streamed answer', () => {
  test('arrives piece by piece, while the function runs', async () => {
    const answer = await stream('pieces');
    expect(answer).toMatchObject({ contentType: 'text/plain', executedVersion: '$LATEST' });
    const pieces = answer.body[Symbol.asyncIterator]();
    expect(String((await pieces.next()).value)).toBe('one ');
    expect(bench.runtime.status().find((s) => s.function === 'pieces')).toMatchObject({ busy: 1 });
    clock.advance(899_950);
    expect(String((await pieces.next()).value)).toBe('two');
    expect((await pieces.next()).done).toBe(true);
    expect(await answer.outcome).toMatchObject({ functionError: null, requestId: answer.requestId });
  });

  test('is bytes, as they were written', async () => {
    const answer = await stream('binary');
    expect(answer.contentType).toBe('application/octet-stream');
    expect([...(await read(answer))]).toEqual([0, 255, 128, 10]);
  });

  test.each([
    ['objects', '{"lot":1}'],
    ['iterator', 'lot 0;lot 1;lot 2;'],
    ['http', `{"statusCode":201,"headers":{"a":"b"}}${'\0'.repeat(8)}body`],
    // As on Lambda, where the metadata waits for a write that never comes.
    ['bare', 'gone'],
  ])('%s → %j, in pieces or whole', async (name, text) => {
    expect(String(await read(await stream(name)))).toBe(text);
    expect(await bench.invoke(name)).toMatchObject({ payload: text, functionError: null });
  });

  test('names the kind of an HTTP answer', async () => {
    expect((await stream('http')).contentType).toBe('application/vnd.awslambda.http-integration-response');
  });

  test('of twenty megabytes and more passes; whole it may have six', async () => {
    expect((await read(await stream('large', { megabytes: 24 }))).length).toBe(24 << 20);
    expect(await bench.invoke('large', { megabytes: 24 })).toMatchObject({
      functionError: 'Unhandled',
      payload: expect.stringContaining('Function.ResponseSizeTooLarge'),
    });
  });

  test('waits for a slow reader: the handler is held back', async () => {
    const answer = await stream('held');
    const written = (): number => bench.logs('held').filter((line) => line.includes('written')).length;
    const others = await Promise.all(Array.from({ length: 4 }, () => bench.call('whole')));
    expect(others).toHaveLength(4);
    expect(written()).toBeLessThan(20);
    expect((await read(answer)).length).toBe(40 << 20);
    await answer.outcome;
    expect(written()).toBe(40);
  });

  test('goes on when its caller has gone', async () => {
    const answer = await stream('held');
    answer.body.destroy();
    expect(await answer.outcome).toMatchObject({ functionError: null });
  });
});

describe('what does not stream is answered whole', () => {
  test('a handler that is none of that kind', async () => {
    expect(await invoke('whole')).toMatchObject({ kind: 'answered', payload: '{"whole":true}' });
    // What an async generator returns is an object without members, to Lambda as to JSON.
    expect(await bench.invoke('generator')).toMatchObject({ payload: '{}', functionError: null });
  });

  test('a stream without a byte', async () => {
    expect(await invoke('nothing')).toMatchObject({ kind: 'answered', payload: '', functionError: null });
  });

  test.each([
    ['early', 'RangeError', 'before the first byte'],
    ['sync', 'Error', 'Streaming does not support non-async handlers.'],
  ])('a failure before the first byte: %s', async (name, errorType, errorMessage) => {
    const answer = await invoke(name);
    expect(answer.kind).toBe('answered');
    expect(await failureOf(answer as InvocationResult)).toMatchObject({ errorType, errorMessage });
  });

  test('no such function', async () => {
    expect(await invoke('nobody')).toMatchObject({ kind: 'not-found' });
  });
});

describe('a stream that fails midway', () => {
  test.each([
    ['midway', 'half', 'RangeError'],
    ['exits', 'half', 'Runtime.ExitError'],
    ['late', 'x', 'Runtime.InvalidStreamingOperation'],
  ])('%s: what was written arrives, and the outcome tells', async (name, text, errorType) => {
    const answer = await stream(name);
    expect(String(await read(answer))).toBe(text);
    expect(await failureOf(answer.outcome)).toMatchObject({ errorType });
    expect(String(await read(await stream(name)))).toBe(text);
  });

  test('an error after its end changes nothing', async () => {
    const answer = await stream('afterwards');
    expect(String(await read(answer))).toBe('all');
    expect(await answer.outcome).toMatchObject({ functionError: null });
    expect(bench.logs('afterwards').some((line) => line.includes('too late'))).toBe(true);
  });

  test('one that is never ended, or never ends, is ended by the time limit', async () => {
    for (const name of ['endless', 'forever']) {
      const answer = await stream(name);
      let length = 0;
      answer.body.on('data', (bytes: Buffer) => {
        length += bytes.length;
      });
      await eventually(() => length > 0, 'the first bytes');
      clock.advance(900_000);
      expect(await failureOf(answer.outcome)).toMatchObject({ errorType: 'Sandbox.Timedout' });
    }
  });

  test('one whose gateway ends is over, read or not', async () => {
    const ending = await openBench({
      files: { 'forever.mjs': handlers.forever },
      functions: (folder) => [functionIn(folder, 'forever', { timeoutSeconds: 900 })],
    });
    const answer = await ending.runtime.invokeStreaming({
      function: { name: 'forever', qualifier: null },
      payload: '{}',
    });
    await ending.stop();
    if (answer.kind !== 'streaming') throw new Error(JSON.stringify(answer));
    expect(await failureOf(answer.outcome)).toMatchObject({ errorType: 'Runtime.ExitError' });
  });

  test('a reader that never reads does not keep a function past its time', async () => {
    const answer = await stream('forever');
    clock.advance(900_000);
    expect(await failureOf(answer.outcome)).toMatchObject({ errorType: 'Sandbox.Timedout' });
  });
});
