import { expect, test } from 'vitest';
import { functionLine } from '#gateway/commands/function-line.ts';
import { paintFor } from '#gateway/commands/terminal.ts';

const plain = paintFor({ isTTY: false } as NodeJS.WriteStream);
const report = (end: string): string =>
  `REPORT RequestId: 1\tDuration: 6.38 ms\tBilled Duration: 7 ms\tMemory Size: 128 MB\tMax Memory Used: 40 MB${end}`;

test.each([
  ['START RequestId: 1 Version: $LATEST', null],
  ['END RequestId: 1', null],
  ['what a handler says', 'what a handler says'],
  [report(''), 'took 6.38 ms'],
  [report('\tInit Duration: 89.67 ms'), 'took 6.38 ms, cold start 89.67 ms'],
  [report('\tStatus: error\tError Type: Runtime.ExitError'), 'Runtime.ExitError took 6.38 ms'],
  [report('\tStatus: timeout'), 'timeout took 6.38 ms'],
  ['{"type":"platform.start","record":{}}', null],
])('of a function’s log the terminal shows %j as %j', (text, shown) => {
  expect(functionLine(text, plain)).toBe(shown);
});
