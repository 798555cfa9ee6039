import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { largeDefinition, largeTemplate } from './large-template.ts';
import { type Gate, gate } from './report.ts';

const root = path.dirname(path.dirname(import.meta.dirname));

export type Reading = {
  readonly what: string;
  /** Ascending; medians are shown. */
  readonly ms: readonly number[];
  readonly limitMs: number | null;
};

/**
 * How long templates take to read: as the first thing that a process reads (loading the reader counts with the start), and
 * again in one that has read them before, as a reload does after a file was saved.
 */
export const measureReading = (rounds: number, say: (text: string) => void): readonly Reading[] => {
  const folder = mkdtempSync(path.join(tmpdir(), 'gavel-bench-'));
  try {
    const large = path.join(folder, 'large/template.yaml');
    const own = path.join(folder, 'own/template.yaml');
    cpSync(path.join(root, 'openapi'), path.join(folder, 'own/openapi'), { recursive: true });
    for (const name of ['functions', 'layers', 'node_modules', 'tsconfig.json', 'samconfig.toml'])
      symlinkSync(path.join(root, name), path.join(folder, 'own', name));
    cpSync(path.join(root, 'template.yaml'), own);
    mkdirSync(path.dirname(large));
    writeFileSync(large, largeTemplate());
    writeFileSync(path.join(folder, 'large/large-api.yaml'), largeDefinition());
    const size = (statSync(large).size / 1e6).toFixed(2);
    const edits: readonly (readonly [what: string, template: string, file: string, limitMs: number | null])[] = [
      ['the application, after a change of its template', own, own, 50],
      ['the application, after a change of an OpenAPI document', own, path.join(folder, 'own/openapi/market.yaml'), 50],
      ['the large template, after a change of one resource', large, large, null],
      [
        'the large template, after a change of its OpenAPI document',
        large,
        path.join(folder, 'large/large-api.yaml'),
        null,
      ],
    ];
    const results: Reading[] = [
      {
        what: `a template of 497 resources and ${size} MB, in a fresh process`,
        ms: measured(rounds, () => inFreshProcess('cold', large)),
        limitMs: 1000,
      },
      {
        what: 'the application, in a fresh process',
        ms: measured(rounds, () => inFreshProcess('cold', own)),
        limitMs: null,
      },
      ...edits.map(([what, template, file, limitMs]) => ({
        what,
        ms: measured(Math.min(rounds, 3), () => inFreshProcess('again', template, file)),
        limitMs,
      })),
    ];
    for (const { what, ms } of results) say(`read ${what}: ${ms.map((each) => each.toFixed(0)).join(', ')} ms`);
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const measured = (rounds: number, once: () => number): readonly number[] =>
  Array.from({ length: rounds }, once).toSorted((one, other) => one - other);

const inFreshProcess = (...words: readonly string[]): number =>
  Number(
    execFileSync(process.execPath, [path.join(import.meta.dirname, 'read-once.ts'), ...words], { encoding: 'utf8' }),
  );

export const readingGates = (results: readonly Reading[]): readonly Gate[] =>
  results.flatMap(({ what, ms, limitMs }) =>
    limitMs === null ? [] : [gate(`read ${what}`, ms[Math.floor(ms.length / 2)]!, 'at most', limitMs, 'ms')],
  );
