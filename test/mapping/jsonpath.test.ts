import { describe, expect, test } from 'vitest';
import { inputFactory } from '#gateway/mapping/input.ts';
import { compilePath } from '#gateway/mapping/jsonpath/compile-path.ts';
import { jayway24 } from '#gateway/mapping/jsonpath/dialect.ts';
import { JsonPathError, JsonPathSyntaxError } from '#gateway/mapping/jsonpath/errors.ts';
import { compileTemplate } from '#gateway/mapping/vtl/template.ts';
import { jsonText } from '#gateway/mapping/vtl/values/json.ts';
import { toText } from '#gateway/mapping/vtl/values/text.ts';
import { JavaDouble, type Value } from '#gateway/mapping/vtl/values/value.ts';

const read = (path: string, document: unknown): unknown => compilePath(path).read(document);

describe('what a path leads to', () => {
  test('nothing, null and an empty list are told apart', () => {
    const document = { there: null, list: [] };
    expect(read('$.absent', document)).toBeUndefined();
    expect(read('$.absent.deeper', document)).toBeUndefined();
    expect(read('$.list[0]', document)).toBeUndefined();
    expect(read('$.there', document)).toBeNull();
    expect(read('$.list[*]', document)).toEqual([]);
    expect(read('$..absent', document)).toEqual([]);
  });

  test('a path says whether it leads to one place', () => {
    const definite = ['$', '$.a[0].b', "$['a','b']", '$.a.length()', '$..a.sum()'];
    const indefinite = ['$.*', '$..a', '$.a[0,1]', '$.a[1:]', '$.a[?(@.b)]', "$['a','b'].c"];
    expect(definite.map((path) => compilePath(path).definite)).toEqual(definite.map(() => true));
    expect(indefinite.map((path) => compilePath(path).definite)).toEqual(indefinite.map(() => false));
  });

  test('members that every object inherits are not there', () => {
    expect(read('$.constructor', {})).toBeUndefined();
    expect(read('$.a.toString', { a: {} })).toBeUndefined();
    expect(read('$.__proto__', {})).toBeUndefined();
    expect(read('$.constructor', JSON.parse('{"constructor":1}'))).toBe(1);
    expect(read('$..constructor', { a: {} })).toEqual([]);
  });

  test('maps keep the order of names that look like numbers', () => {
    const map = new Map<string, unknown>([
      ['2', 'first'],
      ['1', new Map([['n', 3]])],
    ]);
    expect(read('$.*', map)).toEqual(['first', map.get('1')]);
    expect(read("$['1'].n", map)).toBe(3);
    expect(read('$..n', { map })).toEqual([3]);
    expect(read('$[?(@.n == 3)]', [map.get('1')])).toEqual([map.get('1')]);
  });

  test('numbers of Java are compared and computed with', () => {
    const document = { prices: [new JavaDouble(2), 3n, 4.5] };
    expect(read('$.prices[?(@ >= 3)]', document)).toEqual([3n, 4.5]);
    expect(jsonText(read('$.prices.max()', document) as Value)).toBe('4.5');
    expect(jsonText(read('$.prices.sum()', { prices: [1, 2] }) as Value)).toBe('3.0');
  });

  test('keys are a set, which prints without quotes and has no elements to go to', () => {
    const document = { car: { make: 'bmw', year: 1999 } };
    expect(toText(read('$.car.keys()', document) as Value)).toBe('[make, year]');
    expect(read('$.car.keys()[0]', document)).toBeUndefined();
  });

  test('append leaves the document as it was', () => {
    const document = { list: [1] };
    expect(read('$.list.append(2)', document)).toEqual([1, 2]);
    expect(document).toEqual({ list: [1] });
  });

  test("patterns are Java's", () => {
    const document = [{ s: 'A1' }, { s: 'a1' }, { s: 'xa1' }];
    expect(read('$[?(@.s =~ /[A-Z&&[^B]]\\d/)].s', document)).toEqual(['A1']);
    expect(read('$[?(@.s =~ /\\p{Alpha}1/i)].s', document)).toEqual(['A1', 'a1']);
  });

  test('a path that was compiled once says the same again', () => {
    const path = compilePath('$..[0].sum()');
    expect(path.read([[1, 2]])).toEqual(path.read([[1, 2]]));
    expect(compilePath('$.length($.a[*])').read({ a: [[1], [2]] })).toBe(2);
  });

  test('very deep documents are searched', () => {
    let document: unknown = { end: 1 };
    for (let depth = 0; depth < 1000; depth++) document = { next: document };
    expect(read('$..end', document)).toEqual([1]);
  });
});

test.each([
  ["$input.json('$.list.sum()')", '3.0'],
  ["$input.json('$.car.keys()')", '["make"]'],
  ["$input.path('$.car.keys()')", '[make]'],
  ["$input.json('$.list[?(@ > 1)]')", '[2]'],
  ["$input.json('$.absent')", '""'],
])('%s shows %s', (template, text) => {
  const parameters = () => ({ path: {}, querystring: {}, header: {} });
  const input = inputFactory(compilePath)({ body: '{"list":[1,2],"car":{"make":"bmw"}}', parameters });
  expect(compileTemplate(template).render({ input })).toBe(text);
});

describe('what cannot be done', () => {
  test.each([
    ['', 1, 'the path is empty'],
    ['$.a.', 4, "a path must not end with '.'"],
    ['$.a b.c', 4, 'a name with blanks must stand in brackets'],
    ['$.a[x]', 5, 'a name in quotes, an index'],
    ["$.a['b'", 7, "',' or ']' must follow"],
    ["$.a['b", 5, "' is not closed"],
    ['$.a[1 2]', 5, "'1 2' is no index"],
    ["$.a[?(@.b == 'c)]", 14, "' is not closed"],
    ['$.a[?(@.b ~ 1)]', 11, "'~' is no operator"],
    ['$.a[?(@.b like 1)]', 11, "'LIKE' is no operator"],
    ['$.a[?(1)]', 8, "')' is no operator"],
    ['$.a[?(@.b == x)]', 14, "'' is no value"],
    ['$.a[?(@.b =~ /(/)]', 14, "'(' is no pattern"],
    ['$.a[?(@.b == 1 && )]', 19, "'' is no value"],
    ['$.a.sum(1', 8, "the parameters of 'sum' are not closed"],
    ['a[x]', 3, 'a name in quotes, an index'],
  ])('%s cannot be read: character %i', (path, character, message) => {
    const compile = () => compilePath(path);
    expect(compile).toThrow(JsonPathSyntaxError);
    expect(compile).toThrow(message);
    expect(compile).toThrow(`(character ${character} of the path)`);
  });

  test.each([
    ['$.none.min()', 'there is no number to compute with'],
    ['$.none.first()', 'the list has no element 0'],
    ['$.text.first()', 'this function takes a list'],
    ['$.text.shout()', "there is no function 'shout'"],
    ['$.text[?(@.a)]', 'a filter takes a list or an object'],
  ])('%s fails when it is evaluated', (path, message) => {
    const evaluate = () => read(path, { none: [], text: 'a' });
    expect(evaluate).toThrow(JsonPathError);
    expect(evaluate).toThrow(message);
  });
});

test('the dialect is one switch', () => {
  const document = { a: [1, 2] };
  expect(compilePath('$..a.length()', jayway24).read(document)).toEqual([2]);
  expect(compilePath('$..a.length()').read(document)).toBe(2);
});
