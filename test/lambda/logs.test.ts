import { afterAll, beforeAll, expect, test } from 'vitest';
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
      'tells.mjs': `
        export const handler = async () => {
          console.info('not heard');
          console.warn({ lot: 1, price: 2 });
          console.error('failed:', new TypeError('no lot'));
        };`,
    },
    functions: (folder) => [functionIn(folder, 'talks'), functionIn(folder, 'tells', { loggingConfig: json })],
  });
});
afterAll(() => bench.stop());

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test("text: Lambda's lines around the handler's own", async () => {
  const { requestId: id } = await bench.invoke('talks');
  await bench.invoke('talks');
  const lines = bench.logs('talks').slice(0, 10);
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
  const lines = bench.logs('tells').map((line) => JSON.parse(line));
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
