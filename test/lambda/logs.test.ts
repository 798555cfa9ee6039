import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LoggingConfig } from '#gateway/model/lambda-function.ts';
import { type Bench, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench;

const json: LoggingConfig = { format: 'JSON', applicationLogLevel: 'WARN', systemLogLevel: 'INFO', logGroup: '/mine' };

beforeAll(async () => {
  bench = await openBench({
    files: {
      'talks.mjs': `
        import { Console } from 'node:console';
        console.log('in the init phase');
        const raw = new Console({ stdout: process.stdout, stderr: process.stderr });
        export const handler = async () => {
          console.info('a %s and', 'text', { lot: 1 });
          console.warn('two\\nlines');
          raw.log('{"powertools":"line"}');
          process.stdout.write('first half, ');
          process.stdout.write('second half\\n');
          process.stderr.write('no newline');
        };`,
      'says.mjs': `
        import { spawn } from 'node:child_process';
        import fs, { appendFileSync, writeFileSync } from 'node:fs';
        const failure = () => Object.assign(new RangeError('no lot'), { code: 'E_LOT', cause: new Error('why') });
        const circular = { name: 'circle' }; circular.self = circular;
        const ways = {
          levels: () => { for (const level of ['trace', 'debug', 'log', 'info', 'warn', 'error', 'fatal']) console[level](level); },
          table: () => console.table([{ lot: 1, price: 2 }]),
          one: () => console.error(failure()),
          several: () => console.error('failed', 1, failure()),
          circular: () => console.log(circular),
          inside: () => console.log({ lot: 1, error: failure() }),
          nothing: () => console.log(),
          cars: () => process.stdout.write('a'.repeat(262_143) + '🚗'.repeat(3) + '\\n'),
          long: () => console.log('é'.repeat(600_000)),
          bytes: () => { process.stdout.write(Buffer.from('6469726563740a', 'hex')); process.stdout.write('6865780a', 'hex'); },
          lines: () => process.stdout.write('one\\ntwo\\n\\nfour'),
          descriptors: async () => {
            fs.writeSync(1, 'sync\\n');
            fs.writeSync(2, Buffer.from('-part-\\n'), 1, 6);
            await new Promise((done) => fs.write(1, 'asynchronous\\n', done));
            await new Promise((done) => fs.writev(1, [Buffer.from('two '), Buffer.from('parts\\n')], done));
            writeFileSync('/dev/stdout', 'device\\n');
            appendFileSync(2, 'appended\\n');
            const stream = fs.createWriteStream('', { fd: 1, autoClose: false });
            await new Promise((done) => stream.end('streamed\\n', done));
          },
          child: async () => {
            const args = ['-e', 'console.log("from a child"); console.error("and its error")'];
            await new Promise((done) => spawn(process.execPath, args, { stdio: 'inherit' }).on('close', done));
            await new Promise((done) => spawn(process.execPath, args, { stdio: ['ignore', process.stderr, 'ignore'] }).on('close', done));
          },
          halves: async () => { process.stdout.write(Buffer.from([0xc3])); process.stdout.write(Buffer.from([0xa9])); await null; process.stdout.write('!\\n'); },
          throws: () => { throw failure(); },
        };
        export const handler = async ({ way }) => { await ways[way](); };`,
      'tells.mjs': `
        export const handler = async () => {
          console.info('not heard');
          console.warn({ lot: 1, price: 2 });
          console.error('failed:', new TypeError('no lot'));
        };`,
    },
    functions: (folder) => [
      functionIn(folder, 'talks'),
      functionIn(folder, 'tells', { loggingConfig: json }),
      functionIn(folder, 'says'),
      functionIn(folder, 'chooses', { handler: 'says.handler', environment: { AWS_LAMBDA_LOG_LEVEL: 'warn' } }),
      functionIn(folder, 'shows', {
        handler: 'says.handler',
        loggingConfig: { ...json, applicationLogLevel: 'TRACE' },
      }),
      functionIn(folder, 'quiet', { handler: 'says.handler', loggingConfig: { ...json, systemLogLevel: 'WARN' } }),
      functionIn(folder, 'broken', { handler: 'nothing.here', loggingConfig: { ...json, systemLogLevel: 'WARN' } }),
    ],
  });
});
afterAll(() => bench.stop());

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test("text: Lambda's lines around the handler's own", async () => {
  const { requestId: id } = await bench.invoke('talks');
  await bench.invoke('talks');
  const lines = bench.logs('talks').slice(0, 11);
  expect(lines.shift()).toMatch(
    /^INIT_START Runtime Version: nodejs:24\.v\d+\tRuntime Version ARN: arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}$/,
  );
  expect(lines[0]!.split('\t')).toEqual([expect.stringMatching(time), 'undefined', 'INFO', 'in the init phase']);
  expect(lines[1]).toBe(`START RequestId: ${id} Version: $LATEST`);
  expect(lines[2]!.split('\t')).toEqual([expect.stringMatching(time), id, 'INFO', 'a text and { lot: 1 }']);
  expect(lines[3]!.split('\t').slice(1)).toEqual([id, 'WARN', 'two\nlines']);
  expect(lines.slice(4, 7)).toEqual(['{"powertools":"line"}', 'first half, second half', 'no newline']);
  expect(lines[7]).toBe(`END RequestId: ${id}`);
  expect(lines[8]).toMatch(
    /^REPORT RequestId: \S+\tDuration: \d+\.\d\d ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: \d+\.\d\d ms$/,
  );
  expect(bench.logs('talks').at(-1)).not.toContain('Init Duration');
});

test('JSON: an object a call from the level that is asked for', async () => {
  const { requestId } = await bench.invoke('tells');
  const [init, ...lines] = bench.logs('tells').map((line) => JSON.parse(line));
  expect(init).toEqual({
    time: expect.stringMatching(time),
    type: 'platform.initStart',
    record: expect.objectContaining({ phase: 'init', initializationType: 'on-demand', functionName: 'tells' }),
  });
  expect(lines).toEqual([
    { time: expect.stringMatching(time), type: 'platform.start', record: { requestId, version: '$LATEST' } },
    { timestamp: expect.stringMatching(time), level: 'WARN', requestId, message: { lot: 1, price: 2 } },
    {
      timestamp: expect.stringMatching(time),
      level: 'ERROR',
      requestId,
      message: expect.stringContaining('failed: TypeError: no lot'),
      errorType: 'TypeError',
      errorMessage: 'no lot',
      stackTrace: expect.arrayContaining(['TypeError: no lot']),
    },
    expect.objectContaining({ type: 'platform.report' }),
  ]);
  expect(lines[3].record).toMatchObject({ status: 'success', metrics: { memorySizeMB: 128 } });
});

/** What one call of a function adds to its log, without the platform's lines. */
const said = async (name: string, way: string): Promise<string[]> => {
  const seen = bench.logs(name).length;
  await bench.invoke(name, { way });
  return bench
    .logs(name)
    .slice(seen)
    .filter((line) => !/^(?:START|END|REPORT|INIT)|"type":"platform/.test(line));
};

describe('text', () => {
  test('of every level, with the name that Lambda gives it', async () => {
    const levels = (await said('says', 'levels')).map((line) => line.split('\t').slice(2).join(' '));
    expect(levels).toEqual([
      'TRACE trace',
      'DEBUG debug',
      'INFO log',
      'INFO info',
      'WARN warn',
      'ERROR error',
      'FATAL fatal',
    ]);
    expect((await said('chooses', 'levels')).map((line) => line.split('\t')[3])).toEqual(['warn', 'error', 'fatal']);
  });

  test('tables, errors and nothing at all are one event each', async () => {
    expect(await said('says', 'table')).toEqual([expect.stringContaining('│ 0       │ 1   │ 2     │')]);
    expect(await said('says', 'one')).toEqual([expect.stringMatching(/\tERROR\tRangeError: no lot\n.*code: 'E_LOT'/s)]);
    expect((await said('says', 'nothing'))[0]!.split('\t').slice(2)).toEqual(['INFO', '']);
  });

  test('a line that is too long becomes several', async () => {
    const pieces = await said('says', 'long');
    expect(pieces.map((piece) => piece.length)).toEqual([262_144, 262_144, expect.any(Number)]);
    expect(pieces.join('').split('\t')[3]).toBe('é'.repeat(600_000));
    // Never in the middle of a character.
    expect(await said('says', 'cars')).toEqual(['a'.repeat(262_143), '🚗🚗🚗']);
  });

  test('what is written to the streams: a line is an event, unchanged', async () => {
    expect(await said('says', 'bytes')).toEqual(['direct', 'hex']);
    expect(await said('says', 'lines')).toEqual(['one', 'two', '', 'four']);
    expect(await said('says', 'halves')).toEqual(['é!']);
    expect(await said('says', 'descriptors')).toEqual([
      'sync',
      'part-',
      'asynchronous',
      'two parts',
      'device',
      'appended',
      'streamed',
    ]);
  });

  test('what a child process writes to the streams that it inherits', async () => {
    const lines = await said('says', 'child');
    expect(lines.toSorted()).toEqual(['and its error', 'from a child', 'from a child']);
  });

  test('a failure, with the properties of its error', async () => {
    const [line] = await said('says', 'throws');
    const [, , level, what, text] = line!.split('\t');
    expect([level, what]).toEqual(['ERROR', 'Invoke Error ']);
    expect(JSON.parse(text!)).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'no lot',
      code: 'E_LOT',
      stack: expect.any(Array),
    });
  });

  test('a sampled trace is named in the report', async () => {
    const traceId = 'Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1';
    await bench.runtime.invoke({ function: { name: 'says', qualifier: null }, payload: '{"way":"nothing"}', traceId });
    expect(bench.logs('says').at(-1)).toMatch(
      /\t\nXRAY TraceId: 1-5759e988-bd862e3fe1be46a994272793\tSegmentId: [0-9a-f]{16}\tSampled: true$/,
    );
  });
});

describe('JSON', () => {
  const shown = async (way: string) => (await said('shows', way)).map((line) => JSON.parse(line));

  test('of every level', async () => {
    expect((await shown('levels')).map(({ level, message }) => `${level} ${message}`)).toEqual([
      ...['TRACE trace', 'DEBUG debug', 'INFO log', 'INFO info', 'WARN warn', 'ERROR error', 'FATAL fatal'],
    ]);
  });

  test('a lone error is the message, among others it is told apart', async () => {
    const parts = {
      errorType: 'RangeError',
      errorMessage: 'no lot',
      stackTrace: expect.arrayContaining(['RangeError: no lot']),
    };
    expect(await shown('one')).toMatchObject([{ level: 'ERROR', message: { ...parts, code: 'E_LOT' } }]);
    expect(await shown('inside')).toMatchObject([{ message: { lot: 1, error: parts } }]);
    expect(await shown('several')).toMatchObject([
      { message: expect.stringContaining('failed 1 RangeError: no lot'), ...parts },
    ]);
  });

  test('what is no JSON is text', async () => {
    expect(await shown('circular')).toMatchObject([{ message: expect.stringContaining("name: 'circle'") }]);
    expect(await said('shows', 'lines')).toEqual(['one', 'two', '', 'four']);
  });

  test('a failure is an error like any other; the report says so', async () => {
    expect(await shown('throws')).toMatchObject([
      { level: 'ERROR', message: { errorType: 'RangeError', code: 'E_LOT' } },
    ]);
    expect(JSON.parse(bench.logs('shows').at(-1)!)).toMatchObject({
      record: { status: 'error', errorType: 'RangeError' },
    });
  });

  test('of the platform: from WARN on, failures alone', async () => {
    await bench.invoke('quiet', { way: 'nothing' });
    expect(bench.logs('quiet').filter((line) => line.includes('platform.'))).toEqual([]);
    await bench.invoke('broken');
    const types = bench
      .logs('broken')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type);
    expect(types.map(({ type, record }) => [type, record.phase ?? null, record.status])).toEqual([
      ['platform.initReport', 'init', 'error'],
      ['platform.initReport', 'invoke', 'error'],
      ['platform.report', null, 'error'],
    ]);
  });
});
