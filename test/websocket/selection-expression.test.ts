import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileSelectionExpression, evaluateSelection } from '#gateway/websocket/selection-expression.ts';

const select = (expression: string, body: unknown): string =>
  evaluateSelection(compileSelectionExpression(expression), { request: { body } });

const message = { service: 'chat', action: 'join', data: { room: 'room1234', 'a b': 1, list: ['x', { y: 'z' }] } };

test.each([
  ['$request.body.action', 'join'],
  ['${request.body.action}', 'join'],
  ['${request.body.service}/${request.body.action}', 'chat/join'],
  ['$request.body.service/$request.body.action', 'chat/join'],
  ['${request.body.action}-${request.body.invalidPath}', 'join-'],
  ['action', 'action'],
  ['\\$default', '$default'],
  ['\\$request.body.action', '$request.body.action'],
  ['cost: $', 'cost: $'],
  ['a\\b', 'a\\b'],
  ['', ''],
  ['${request.body.data.room}', 'room1234'],
  ["$request.body['data']['a b']", '1'],
  ['${request.body["data"].room}!', 'room1234!'],
  ["$request.body.data.['a b']", '1'],
  ['$request.body.data.list[0]', 'x'],
  ['$request.body.data.list.[0]', 'x'],
  ['$request.body.data.list[1].y', 'z'],
  ['$request.body.data.list[7]', ''],
  ['$request.body.action.length', ''],
  ['$request.body.constructor', ''],
  ['$request.body.data.list.length', ''],
  ['$request.header.x', ''],
  ['$request.body.data.list', '[x, {y=z}]'],
])('%s selects %s', (expression, expected) => {
  expect(select(expression, message)).toBe(expected);
});

test('values are told as text, and what is not there is nothing', () => {
  expect(
    ['1', 1.5, true, false, null, [], [1, null, 'a']].map((action) => select('$request.body.action', { action })),
  ).toEqual(['1', '1.5', 'true', 'false', '', '[]', '[1, null, a]']);
  for (const body of [undefined, null, 'join', 5, ['join']]) expect(select('$request.body.action', body)).toBe('');
});

test('what a variable holds is never read as an expression again', () => {
  expect(select('$request.body.a', { a: '${request.body.b}', b: 'twice' })).toBe('${request.body.b}');
});

test('paths beyond a single value are named, and select nothing', () => {
  const expression = compileSelectionExpression('x${request.body..action}y${request.body.list[*]}');
  expect(expression.unsupported).toEqual(['request.body..action', 'request.body.list[*]']);
  expect(evaluateSelection(expression, { request: { body: message } })).toBe('xy');
});

/** The same language, read a character at a time with no thought of speed. */
const slowly = (expression: string, body: unknown): string => {
  if (expression === '') return '';
  if (expression.startsWith('\\$')) return `$${slowly(expression.slice(2), body)}`;
  if (expression.startsWith('${')) {
    const end = expression.indexOf('}');
    if (end > 0) return look(expression.slice(2, end), body) + slowly(expression.slice(end + 1), body);
  }
  if (/^\$[A-Za-z]/.test(expression)) {
    let end = 2;
    while (end < expression.length && /[\w.-]/.test(expression[end]!)) end++;
    return look(expression.slice(1, end), body) + slowly(expression.slice(end), body);
  }
  return expression[0]! + slowly(expression.slice(1), body);
};
const look = (variable: string, body: unknown): string => {
  let value: unknown = { request: { body } };
  for (const name of variable.split('.')) {
    const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
    value = members.find(([member]) => member === name)?.[1];
  }
  return value === null ? '' : show(value);
};
const show = (value: unknown): string => {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return `${value}`;
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}=${show(member)}`)
    .join(', ')}}`;
};

test('the compiled evaluator agrees with a slow one', () => {
  const name = fc.constantFrom('action', 'service', 'type', 'x-y', '__proto__');
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const body = fc.dictionary(name, fc.oneof(scalar, fc.dictionary(name, scalar)));
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => `request.body.${names.join('.')}`);
  const piece = fc.oneof(
    path.map((text) => `\${${text}}`),
    path.map((text) => `$${text}`),
    fc.constantFrom('\\$', '\\$default', '/', ' ', '-', 'plain', '$', '\\', '}', 'é', '$1'),
  );
  const expression = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(expression, body, (text, value) => {
      const compiled = compileSelectionExpression(text);
      fc.pre(compiled.unsupported.length === 0);
      expect(evaluateSelection(compiled, { request: { body: value } })).toBe(slowly(text, value));
    }),
    { numRuns: 500 },
  );
});
