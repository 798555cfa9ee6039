/**
 * What a JSONPath and a model cost on their hot paths: against reading the same body with JSON.parse, which no gateway is
 * spared, and in bytes that are left for the garbage collector.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compileSchema } from '#gateway/mapping/json-schema/compile-schema.ts';
import { parseJsonText } from '#gateway/mapping/json-schema/json-text.ts';
import { compilePath } from '#gateway/mapping/jsonpath/compile-path.ts';
import { type Gate, gate, gateTable } from './report.ts';

export type JsonFigures = {
  readonly rows: readonly { readonly what: string; readonly value: string }[];
  readonly gates: readonly Gate[];
};

const schema = {
  type: 'object',
  required: ['email', 'make', 'owner'],
  properties: {
    email: { type: 'string', format: 'email' },
    make: { enum: ['audi', 'bmw', 'volvo'] },
    year: { type: 'integer', minimum: 1900, maximum: 2100 },
    reserve: { type: 'integer', minimum: 0 },
    tags: { type: 'array', items: { type: 'string', pattern: '^[a-z]+$' }, maxItems: 10, uniqueItems: true },
    owner: { type: 'object', required: ['name'], properties: { name: { type: 'string', minLength: 1 } } },
  },
  additionalProperties: false,
};
const body = JSON.stringify({
  email: 'ada@example.com',
  make: 'bmw',
  year: 1999,
  reserve: 1_250_000,
  tags: ['red', 'fast', 'old'],
  owner: { name: 'Ada', zip: '12345' },
});
const bids = Array.from({ length: 20 }, (_, n) => ({ bidder: n % 2 ? 'Ada' : 'Bo', amount: 100 * n, at: { hour: n } }));
const market = { lots: { first: { name: 'first' } }, bids };

/** How often it runs in a second, by the best of the rounds; the first round is for the compiler. */
const rateOf = (rounds: number, seconds: number, run: () => unknown): number => {
  let best = 0;
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now();
    let count = 0;
    let took = 0;
    while (took < (1000 * seconds) / rounds) {
      for (let n = 0; n < 1000; n++) run();
      count += 1000;
      took = performance.now() - began;
    }
    if (round > 0) best = Math.max(best, (1000 * count) / took);
  }
  return best;
};

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

/** Bytes that one run leaves behind, of the least of some tries: what else the process does only adds to them. */
const bytesOf = (run: () => unknown): number => {
  const runs = 2000;
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 10; round++) {
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let n = 0; n < runs; n++) run();
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / runs);
  }
  return Math.max(0, Math.round(least));
};

export const measureJson = (
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  say: (text: string) => void,
): JsonFigures => {
  const name = compilePath('$.lots.first.name');
  const element = compilePath("$['bids'][3].at.hour");
  const filter = compilePath("$.bids[?(@.amount > 1000 && @.bidder == 'Ada')].at.hour");
  const { validate } = compileSchema(schema);
  const value = parseJsonText(body);
  const figures = [
    { what: 'JSON.parse of a body', run: () => JSON.parse(body) },
    { what: 'reading and validating it', run: () => validate(parseJsonText(body)) },
    { what: 'validating it', run: () => validate(value) },
    { what: '$.lots.first.name', run: () => name.read(market) },
    { what: "$['bids'][3].at.hour", run: () => element.read(market) },
    { what: 'a filter over 20 elements', run: () => filter.read(market) },
  ].map(({ what, run }) => {
    const rate = rateOf(rounds, seconds, run);
    say(`${what}: ${rate.toFixed(0)}/s`);
    return { what, rate, bytes: bytesOf(run) };
  });
  const [parsing, validating, , path] = figures;
  return {
    rows: figures.map(({ what, rate, bytes }) => ({ what, value: `${rate.toFixed(0)}/s, ${bytes} B` })),
    gates: [
      gate('a body read and validated against JSON.parse', validating!.rate / parsing!.rate, 'at least', 0.25, 'times'),
      gate('$.lots.first.name against JSON.parse of a body', path!.rate / parsing!.rate, 'at least', 3, 'times'),
      gate('memory that $.lots.first.name leaves', path!.bytes, 'at most', 8, 'B'),
    ],
  };
};

if (import.meta.main) {
  const { rows, gates } = measureJson({ rounds: 3, seconds: 1 }, () => {});
  process.stdout.write(`${rows.map(({ what, value }) => `${what}: ${value}`).join('\n')}\n\n${gateTable(gates)}\n`);
}
