/**
 * Writes `cases/generated.json`: templates put together at random from a seed, always the same ones. What nobody would
 * think of writing down by hand: operators nested in each other, and directives with blanks and line ends anywhere.
 */
import { writeFileSync } from 'node:fs';

const count = 700;
let seed = 20_151_119;

const random = (below: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const one = <T>(choices: readonly T[]): T => choices[random(choices.length)]!;
const chance = (percent: number): boolean => random(100) < percent;

const numbers = [
  '0',
  '1',
  '2',
  '7',
  '-3',
  '1.5',
  '2.0',
  '0.1',
  '1000000',
  '2147483647',
  '$x',
  '$price',
  '$whole',
  '$big',
  '$zero',
];
const texts = [
  '"a"',
  "'b'",
  '""',
  '"$name"',
  '"$x-$missing"',
  '$name',
  '$empty',
  '$text',
  '"3"',
  "'$x'",
  '"#if($yes)t#end"',
];
const others = [
  '$missing',
  '$nothing',
  '$yes',
  '$no',
  '$list',
  '$map',
  '$none',
  '$nomap',
  'true',
  'false',
  '$map.a',
  '$map.zzz',
  '$list[0]',
  '$objects[1].type',
  '$list.size()',
  '$text.length()',
  '$map.n.list',
  '[1, "b"]',
  '{"k": 1}',
  '[1..3]',
];

const operand = (): string => one(chance(50) ? numbers : chance(50) ? texts : others);

const expression = (depth: number): string => {
  if (depth === 0 || chance(25)) return operand();
  const operator = one([
    '+',
    '+',
    '-',
    '*',
    '/',
    '%',
    '==',
    '!=',
    '<',
    '>',
    '<=',
    '>=',
    '&&',
    '||',
    'and',
    'or',
    'eq',
    'lt',
  ]);
  const blank = /[a-z-]/.test(operator) || chance(80) ? ' ' : '';
  const inner = `${expression(depth - 1)}${blank}${operator}${blank}${expression(depth - 1)}`;
  if (chance(15)) return `!(${inner})`;
  return chance(40) ? `(${inner})` : inner;
};

const blanks = (): string => one(['', '', '', ' ', '  ', '\n', '\n  ', ' \n', '\n\n', '\t']);
const references = [
  '$x',
  '$!x',
  '${x}',
  '$missing',
  '$!missing',
  '$name.length()',
  '$map.a',
  '${map.a}',
  '$list[1]',
  '\\$x',
  '$i',
  '$foreach.index',
  '$foreach.hasNext',
  '$a',
  '$d',
  '$5',
  '$',
  '#',
  '##c\n',
  '#*c*#',
  '#[[$x]]#',
  '\\#if',
  '$map.n.deep',
  '$text.substring(0,3)',
  '\\',
  'text',
  '"',
  ',',
  '{',
  '}',
  '.',
  '#foo',
  '#m($x)',
  '$velocityCount',
];

const block = (depth: number): string => {
  let text = '';
  for (let part = random(4); part >= 0; part--)
    text += blanks() + (depth > 0 && chance(50) ? directive(depth - 1) : one(references));
  return text + blanks();
};

const directive = (depth: number): string => {
  switch (random(8)) {
    case 0:
    case 1:
      return `#set($a = ${expression(2)})`;
    case 2:
      return `#if(${expression(1)})${block(depth)}#end`;
    case 3:
      return `#if(${expression(1)})${block(depth)}#{else}${block(depth)}#end`;
    case 4:
      return `#if(${operand()})${block(depth)}#elseif(${operand()})${block(depth)}#else${blanks()} ${block(depth)}#end`;
    case 5:
      return `#foreach($i in ${one(['$list', '[1..3]', '$map', '$none', '$missing', '$objects', '$x', '[1, "b", true]'])})${block(depth)}#end`;
    case 6:
      return `#define($d)${block(depth)}#end${blanks()}$d`;
    default:
      return `#macro(m $p)${block(depth)}$p#end${blanks()}#m(${one(['$x', '"t"', '$missing', '1', '$list'])})`;
  }
};

const cases = Array.from({ length: count }, (_, at) => ({
  template: at % 3 === 0 ? `#set($r = ${expression(3)})[$r]#if(${expression(2)})y#{else}n#end` : block(3),
}));
writeFileSync(new URL('cases/generated.json', import.meta.url), `${JSON.stringify(cases, null, 1)}\n`);
