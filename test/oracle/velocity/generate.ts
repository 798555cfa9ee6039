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

const samples = [
  'a1-b2_c3',
  'The quick brown fox',
  'x,y;z',
  '2024-05-06T07:08:09Z',
  'AbCabc',
  'a.b.c',
  '  padded\t',
  'aaa',
  '',
  'key=value&k2=v2',
  '(1+2)*3',
  'äÖ€é',
];
const patterns = [
  '[a-c]',
  '\\d+',
  '\\w',
  '\\W+',
  '[^a-z]',
  '(a)(b)?',
  'a*',
  'a+?',
  '^a',
  'c$',
  '\\b',
  '[,;]',
  '\\.',
  '(?i)abc',
  '(?<x>[A-Z])',
  '[a-z&&[^b]]',
  '\\p{Upper}',
  '\\p{L}+',
  '\\s+',
  '(\\d)(\\d)',
  'b|c',
  '(?:a|b)+',
  '[-_&=]',
  '\\x61',
  '\\u0062',
  'a{2,}',
  '(?=b)',
  '(?<!a)b',
  '\\Qa.b\\E',
  '[\\w.]+',
  '\\(|\\)',
  '\\S',
  '[[:alpha:]]',
  'x?+',
  '(.)\\1',
  '.',
  '\\D',
  '\\h',
  '(?s).*',
  '$',
];
const replacements = ['', '-', '$0', '<$1>', '\\\\$', '$2$1', 'x$1y', '${x}'];
const formats = [
  '%s',
  '%5s|',
  '%-5s|',
  '%.2s',
  '%S',
  '%d',
  '%05d',
  '%,d',
  '%+d',
  '%x',
  '%.1f',
  '%8.2f',
  '%e',
  '%b',
  '%c',
  '%%',
  '%s %s',
  '%2$s',
  '%h',
  '%o',
  '%010d',
  '%(d',
  '% d',
];

/** Calls of the methods that templates use on texts, with what Java's own regular expressions make of them. */
const call = (): string => {
  const quoted = `'${one(samples)}'`;
  switch (random(7)) {
    case 0:
    case 1:
      return `#set($s = ${quoted})$s.replaceAll('${one(patterns)}', '${one(replacements)}')`;
    case 2:
      return `#set($s = ${quoted})$s.replaceFirst('${one(patterns)}', '${one(replacements)}')`;
    case 3:
      return `#set($s = ${quoted})#foreach($p in $s.split('${one(patterns)}'${one(['', '', ', 2', ', -1'])}))[$p]#end`;
    case 4:
      return `#set($s = ${quoted})$s.matches('${one(patterns)}${one(['', '.*', '+'])}')`;
    case 5:
      return `$name.format('${one(formats)}', ${operand()})`;
    default:
      return `#set($s = ${quoted})$s.${one(['substring', 'indexOf', 'lastIndexOf', 'charAt', 'startsWith', 'contains', 'concat', 'equals', 'compareTo', 'repeat', 'replace', 'trim'])}(${one(['', '1', "'a'", '1, 2', "'a', 1", "'b', 'c'", '-1', '99'])})`;
  }
};

const cases = [
  ...Array.from({ length: count }, (_, at) => ({
    template: at % 3 === 0 ? `#set($r = ${expression(3)})[$r]#if(${expression(2)})y#{else}n#end` : block(3),
  })),
  ...Array.from({ length: count }, () => ({ template: call() })),
];
writeFileSync(new URL('cases/generated.json', import.meta.url), `${JSON.stringify(cases, null, 1)}\n`);
