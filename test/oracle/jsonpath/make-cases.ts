/**
 * `node make-cases.ts` writes cases.json: the paths of paths.txt on every document they are meant for, and paths made by a
 * seeded generator. Its output is committed, so that the answers recorded for it stay beside what they answer.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Case = readonly [document: string, path: string];

const here = (name: string): URL => new URL(name, import.meta.url);
const documents: Record<string, unknown> = JSON.parse(readFileSync(here('documents.json'), 'utf8'));

/** Paths by document: a line `# name` begins those of a document. */
const written = (): Case[] => {
  let document = '';
  const cases: Case[] = [];
  for (const line of readFileSync(here('paths.txt'), 'utf8').split('\n')) {
    if (line.startsWith('# ')) document = line.slice(2);
    else if (line !== '') cases.push([document, line]);
  }
  return cases;
};

let seed = 20_261_124;
const below = (limit: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
  return (seed >>> 8) % limit;
};
const oneOf = <Value>(values: readonly Value[]): Value => values[below(values.length)]!;

const names = ['lots', 'bids', 'amount', 'bidder', 'name', 'tags', 'car', 'make', 'year', 'open', 'note', 'nothing'];
const literals = [
  "'Ada'",
  '"bmw"',
  '1',
  '250',
  '1999',
  '12.5',
  'true',
  'false',
  'null',
  "'250'",
  "['Ada','Bo']",
  '[1,2,250]',
];
const operators = ['==', '!=', '<', '<=', '>', '>=', '===', '!==', 'in', 'nin', 'contains', 'size', 'empty'];
const listOperators = ['subsetof', 'anyof', 'noneof', 'in', 'contains'];

const step = (): string =>
  oneOf([
    () => `.${oneOf(names)}`,
    () => `.${oneOf(names)}`,
    () => `['${oneOf(names)}']`,
    () => `['${oneOf(names)}','${oneOf(names)}']`,
    () => `[${below(5) - 2}]`,
    () => `[${below(4) - 1},${below(4) - 1}]`,
    () => `[${below(5) - 2}:]`,
    () => `[:${below(5) - 2}]`,
    () => `[${below(5) - 2}:${below(5) - 2}]`,
    () => '[*]',
    () => '.*',
    () => `..${oneOf(names)}`,
    () => '..*',
    () => `..[${below(3)}]`,
    () => `[?(${expression(2)})]`,
  ])();

const operand = (): string => `${oneOf(['@', '@', '@', '$'])}${oneOf(['', '', '.lots[0]'])}.${oneOf(names)}`;

const expression = (depth: number): string => {
  const kind = below(depth > 0 ? 8 : 5);
  if (kind === 0) return oneOf(['', '!']) + operand();
  if (kind === 1) return `${operand()} ${oneOf(listOperators)} ${oneOf(literals)}`;
  if (kind < 5) return `${operand()} ${oneOf(operators)} ${oneOf([...literals, operand()])}`;
  if (kind === 5) return `!(${expression(depth - 1)})`;
  if (kind === 6) return `(${expression(depth - 1)}) && ${expression(depth - 1)}`;
  return `${expression(depth - 1)} || ${expression(depth - 1)}`;
};

const ends = ['.length()', '.size()', '.sum()', '.min()', '.max()', '.avg()', '.first()', '.last()', '.keys()'];

const generated = (): Case[] => {
  const cases: Case[] = [];
  const seen = new Set<string>();
  while (cases.length < 420) {
    const steps = Array.from({ length: 1 + below(4) }, step).join('');
    const path = `$${steps}${below(6) === 0 ? oneOf(ends) : ''}`;
    if (seen.has(path)) continue;
    seen.add(path);
    cases.push(['market', path]);
  }
  return cases;
};

const cases = [...written(), ...generated()];
const lines = cases.map((each) => `    ${JSON.stringify(each)}`).join(',\n');
writeFileSync(here('cases.json'), `{\n  "documents": ${JSON.stringify(documents)},\n  "cases": [\n${lines}\n  ]\n}\n`);
process.stdout.write(`${cases.length} cases\n`);
