import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFilters, compilePattern } from '#gateway/lambda/event-sources/filter-pattern.ts';

/** Pattern of the field `x`, values that pass, values that do not; `undefined` is a field that is not there. */
const operators: [pattern: unknown[], passes: unknown[], fails: unknown[]][] = [
  [
    ['a', 'b'],
    ['a', 'b'],
    ['c', 'A', '', null, undefined, { a: 1 }],
  ],
  [[5], [5, 5.0], ['5', 6]],
  [[true], [true], [false, 'true']],
  [[null], [null], ['', 0, undefined]],
  [[''], [''], [null, undefined, ' ']],
  [[{ prefix: 'lot-' }], ['lot-', 'lot-1'], ['a lot-1', 'Lot-1', 1]],
  [[{ prefix: { 'equals-ignore-case': 'lot' } }], ['lot', 'LOT-1'], ['a lot']],
  [[{ suffix: '.jpg' }], ['a.jpg', '.jpg'], ['a.jpg.png', 'a.JPG']],
  [[{ suffix: { 'equals-ignore-case': '.jpg' } }], ['a.JPG'], ['a.png']],
  [[{ 'equals-ignore-case': 'Open' }], ['open', 'OPEN'], ['opened', 1]],
  [[{ exists: true }], ['', 0, null, false, [1]], [undefined, {}, { y: 1 }, []]],
  [[{ exists: false }], [undefined, { y: 1 }], ['', null]],
  [[{ numeric: ['=', 5] }], [5], ['5', 4, null]],
  [[{ numeric: ['>', 0, '<=', 5] }], [0.1, 5], [0, 5.1, '3']],
  [
    [{ numeric: ['<', 0] }, { numeric: ['>=', 10] }],
    [-1, 10],
    [0, 9.9],
  ],
  [[{ 'anything-but': 'a' }], ['b', 1, null], ['a', undefined, { y: 1 }]],
  [[{ 'anything-but': ['a', 5] }], ['b', '5'], ['a', 5]],
  [[{ 'anything-but': { prefix: 'test-' } }], ['lot'], ['test-1', undefined]],
  [[{ 'anything-but': { suffix: ['.jpg', '.png'] } }], ['a.gif'], ['a.jpg', 'a.png']],
  [[{ 'anything-but': { 'equals-ignore-case': ['Open', 'closed'] } }], ['sold'], ['OPEN', 'closed']],
  [[{ 'anything-but': { wildcard: '*/tmp/*' } }], ['/a/b'], ['/a/tmp/b']],
  [[{ wildcard: 'a*c' }], ['ac', 'abc', 'a\nc', 'abcc'], ['abcd', 'xac', 'a']],
  [[{ wildcard: 'a.*\\*' }], ['a.*', 'a.b*'], ['ab*', 'a.b']],
  [['a', { exists: false }], ['a', undefined], ['b']],
];

describe.each(operators)('x: %j', (alternatives, passes, fails) => {
  const test1 = compilePattern({ x: alternatives });
  const event = (x: unknown) => (x === undefined ? { y: 1 } : { x });
  test.each(passes.map((value) => [value]))('passes %j', (value) => expect(test1(event(value))).toBe(true));
  test.each(fails.map((value) => [value]))('does not pass %j', (value) => expect(test1(event(value))).toBe(false));
});

describe('a pattern', () => {
  test('asks all the fields it names, however deep, and no other', () => {
    const passes = compilePattern({ a: { b: ['1'], c: [{ exists: false }] }, d: ['2'] });
    expect(passes({ a: { b: '1', e: 'x' }, d: '2', f: 3 })).toBe(true);
    expect(passes({ a: { b: '1', c: 'x' }, d: '2' })).toBe(false);
    expect(passes({ a: { b: '1' } })).toBe(false);
    expect(passes({ a: '1', d: '2' })).toBe(false);
    expect(passes('text')).toBe(false);
  });

  test('passes an array when one of its elements passes as a whole', () => {
    expect(compilePattern({ x: ['a'] })({ x: ['b', 'a'] })).toBe(true);
    const both = compilePattern({ x: { a: [1], b: [2] } });
    expect(both({ x: [{ a: 1 }, { b: 2 }] })).toBe(false);
    expect(both({ x: [{ a: 0 }, { a: 1, b: 2 }] })).toBe(true);
  });

  test('takes alternatives by $or, among other fields', () => {
    const passes = compilePattern({ kind: ['bid'], $or: [{ amount: [{ numeric: ['>', 9] }] }, { vip: [true] }] });
    expect(passes({ kind: 'bid', amount: 10 })).toBe(true);
    expect(passes({ kind: 'bid', amount: 1, vip: true })).toBe(true);
    expect(passes({ kind: 'bid', amount: 1 })).toBe(false);
    expect(passes({ kind: 'lot', vip: true })).toBe(false);
  });

  test('does not find what a field inherits', () => {
    expect(compilePattern({ toString: [{ exists: true }] })({})).toBe(false);
  });

  test.each([
    ['[]', 'a pattern is an object that names fields'],
    ['{}', 'a pattern is an object that names fields'],
    ['{"a":"b"}', 'a pattern is an object that names fields'],
    ['{"a":[]}', 'a has no alternative'],
    ['{"a":[{"nearly":"b"}]}', '{"nearly":"b"} is no operator'],
    ['{"a":[{"prefix":"b","suffix":"c"}]}', 'is no operator'],
    ['{"a":[{"prefix":1}]}', '1 is no text'],
    ['{"a":[{"numeric":[">"]}]}', 'numeric takes comparisons and numbers in turn'],
    ['{"a":[{"numeric":["~",1]}]}', 'numeric takes comparisons and numbers in turn'],
    ['{"a":[{"exists":"yes"}]}', 'exists takes true or false'],
    ['{"a":[{"anything-but":{"numeric":["=",1]}}]}', 'anything-but cannot take'],
    ['{"a":[{"wildcard":"a**"}]}', 'two wildcards in a row'],
    ['{a}', 'JSON'],
  ])('%s is refused', (text, why) => {
    expect(() => compileFilters([text])).toThrow(why);
  });
});

test('of several patterns one must pass; of none, nothing is asked', () => {
  const passes = compileFilters(['{"a":[1]}', '{"b":[2]}']);
  expect([{ a: 1 }, { b: 2 }, { a: 2, b: 1 }].map(passes)).toEqual([true, true, false]);
  expect(compileFilters([])({})).toBe(true);
});

/** The language once more, slowly: everything that an event holds, as paths, against everything a pattern asks. */
const slowly = (pattern: Record<string, unknown>, event: unknown): boolean => {
  if (Array.isArray(event)) return event.some((element) => slowly(pattern, element));
  const fields = new Map(typeof event === 'object' && event !== null ? Object.entries(event) : []);
  return Object.entries(pattern).every(([name, part]) => {
    if (name === '$or') return (part as Record<string, unknown>[]).some((one) => slowly(one, event));
    if (!Array.isArray(part)) return slowly(part as Record<string, unknown>, fields.get(name));
    const there = fields.has(name) ? [fields.get(name)].flat() : [];
    const leaves = there.filter((leaf) => typeof leaf !== 'object' || leaf === null);
    return part.some((alternative) => {
      if (alternative?.exists !== undefined) return leaves.length > 0 === alternative.exists;
      if (alternative?.prefix !== undefined)
        return leaves.some((leaf) => String(leaf).indexOf(alternative.prefix) === 0);
      if (alternative?.['anything-but'] !== undefined) {
        return leaves.some((leaf) => !alternative['anything-but'].includes(leaf));
      }
      return leaves.includes(alternative);
    });
  });
};

test('agrees with a slow evaluator on anything', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const leaf = fc.constantFrom<unknown>('x', 'xy', 'z', '');
  const event = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(leaf, { maxLength: 2 }),
      tie('object'),
    ),
    object: fc.dictionary(name, tie('value'), { maxKeys: 3 }),
  })).object;
  const matcher = fc.oneof(
    leaf,
    fc.record({ exists: fc.boolean() }),
    fc.record({ prefix: fc.constantFrom('x', 'z') }),
    fc.record({ 'anything-but': fc.array(fc.constantFrom('x', 'z'), { minLength: 1, maxLength: 2 }) }),
  );
  const pattern = fc.letrec<{ part: unknown; pattern: Record<string, unknown> }>((tie) => ({
    part: fc.oneof({ depthSize: 'small' }, fc.array(matcher, { minLength: 1, maxLength: 2 }), tie('pattern')),
    pattern: fc.oneof(
      { depthSize: 'small' },
      fc.dictionary(name, tie('part'), { minKeys: 1, maxKeys: 2 }),
      fc.record({ $or: fc.array(tie('pattern'), { minLength: 2, maxLength: 3 }) }),
    ) as fc.Arbitrary<Record<string, unknown>>,
  })).pattern;
  let passed = 0;
  fc.assert(
    fc.property(pattern, event, (asked, seen) => {
      const answer = compilePattern(asked)(seen);
      if (answer) passed++;
      expect(answer).toBe(slowly(asked, seen));
    }),
    { numRuns: 2_000 },
  );
  expect(passed).toBeGreaterThan(100);
});
