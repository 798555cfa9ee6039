import { expect, test } from 'vitest';
import { gatewayFlags, gatewayOptions, overrides, parseFlags } from '#gateway/commands/gateway-flags.ts';

test.each([
  [
    ['A=1', 'B=2'],
    [{ A: '1' }, { B: '2' }],
  ],
  [['A=1 B="x y"'], [{ A: '1' }, { B: 'x y' }]],
  [["A='x=y' C="], [{ A: 'x=y' }, { C: '' }]],
  [['ParameterKey=A,ParameterValue=1 ParameterKey=B,ParameterValue=x,y'], [{ A: '1' }, { B: 'x,y' }]],
  [['file://a.yaml B=C:\\x'], ['file://a.yaml', { B: 'C:\\x' }]],
])('parameter overrides %j', (texts, expected) => {
  expect(overrides(texts)).toEqual(expected);
});

test('pairs that follow --parameter-overrides belong to it, as with SAM CLI', () => {
  const given = parseFlags(
    ['hello', '--parameter-overrides', 'A=1', 'B=x y', 'ParameterKey=C,ParameterValue=3', '--port', '0', 'D=4'],
    gatewayFlags,
  );
  expect(given.values['parameter-overrides']).toEqual(['A=1', 'B=x y', 'ParameterKey=C,ParameterValue=3']);
  expect(given.positionals).toEqual(['hello', 'D=4']);
  expect(parseFlags(['--parameter-overrides=A=1', 'B=2'], gatewayFlags).values['parameter-overrides']).toEqual([
    'A=1',
    'B=2',
  ]);
});

test('an override without a value is refused in words', () => {
  expect(() => overrides(['Stage'])).toThrow("--parameter-overrides wants Name=Value, not 'Stage'");
});

const options = (...words: string[]): unknown => gatewayOptions(parseFlags(words, gatewayFlags).values, 4500);

test('--reset alone means all, with a name that table', () => {
  expect(options('--reset')).toMatchObject({ reset: 'all' });
  expect(options('--reset', '--port', '0')).toMatchObject({ reset: 'all', port: 0 });
  expect(options('--reset', 'Auctions', '--reset', 'Connections')).toMatchObject({
    reset: ['Auctions', 'Connections'],
  });
  expect(options()).toMatchObject({ reset: 'none', port: 4500 });
});

test('limits of functions are numbers, and throttling is a choice', () => {
  expect(options('--concurrency', '3', '--strict-concurrency', '--idle-minutes', '0', '--hosts', '2')).toMatchObject({
    concurrency: 3,
    strictConcurrency: true,
    idleMinutes: 0,
    hosts: 2,
  });
  expect(() => options('--idle-minutes', 'never')).toThrow('--idle-minutes wants a whole number from 0 to 10080');
});

test('--values names the file that stands for Parameter Store and Secrets Manager', () => {
  expect(options('--values', 'dev.values.yaml')).toMatchObject({ values: 'dev.values.yaml' });
});

test('an unknown flag and a port that is no number are usage errors', () => {
  expect(() => options('--prot', '1')).toThrow(/Unknown option '--prot'.*--help/);
  expect(() => options('--port', 'abc')).toThrow("--port wants a whole number from 0 to 65535, not 'abc'");
  expect(() => options('--port', '65536')).toThrow("not '65536'");
  expect(() => options('--hosts', '0')).toThrow("--hosts wants a whole number from 1 to 64, not '0'");
});
