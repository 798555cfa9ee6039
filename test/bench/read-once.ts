/**
 * `node read-once.ts cold TEMPLATE`: how long the first reading of this process takes, in ms; the reader is loaded before.
 * `node read-once.ts again TEMPLATE FILE`: how long a reading takes after a line of the file was changed, once the process
 * has read it some times, as a gateway has that reloads.
 */
import { readFileSync, writeFileSync } from 'node:fs';

const [mode, templateFile, file] = process.argv.slice(2) as [string, string, string];
const { readApplication } = await import('../../gateway/template/read-application.ts');
const read = (): void => void readApplication({ templateFile });
const median = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[times.length >> 1]!;

const began = performance.now();
read();
let took = performance.now() - began;
if (mode === 'again') {
  const text = readFileSync(file, 'utf8');
  // A line in the middle: a description gets another word.
  const at = text.indexOf('escription: ', text.length / 2) + 'escription: '.length;
  const times: number[] = [];
  for (let round = 0; round < 12; round++) {
    const [before, after] = [text.slice(0, at), text.slice(at)];
    const word = `changed${round}`;
    writeFileSync(
      file,
      before +
        (/^(!Sub )?["']/.exec(after) ? after.replace(/["']/, (quote) => `${quote}${word} `) : `${word} ${after}`),
    );
    const start = performance.now();
    read();
    times.push(performance.now() - start);
  }
  writeFileSync(file, text);
  took = median(times.slice(4));
}
process.stdout.write(took.toFixed(2));
