import { globSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { pointLinks } from '../../scripts/point-links.ts';
import { root } from './imports.ts';

const pages = ['README.md', 'CONTRIBUTING.md', ...globSync('docs/**/*.md', { cwd: root })]
  .map((page) => page.replaceAll('\\', '/'))
  .filter((page) => statSync(path.join(root, page), { throwIfNoEntry: false }));

type Link = { readonly text: string; readonly line: number; readonly file: string; readonly anchor: string };

/** Links of Markdown that name something in this repository; not those in code. */
const linksOf = (page: string): readonly Link[] => {
  const text = readFileSync(path.join(root, page), 'utf8').replace(/```[\s\S]*?```|`[^`\n]*`/g, (code) =>
    code.replace(/[^\n]/g, ' '),
  );
  return Array.from(text.matchAll(/\]\(\s*<?([^)\s>]+)>?[^)]*\)/g))
    .filter((match) => !/^[a-z]+:|^\/\//i.test(match[1]!))
    .map((match) => {
      const [file = '', anchor = ''] = match[1]!.split('#');
      return {
        text: match[1]!,
        line: text.slice(0, match.index).split('\n').length,
        file: path.posix.join(file.startsWith('/') ? '' : path.posix.dirname(page), decodeURIComponent(file)),
        anchor,
      };
    });
};

/** The anchor that GitHub gives a heading. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

const headings = (text: string): readonly string[] =>
  Array.from(text.replace(/```[\s\S]*?```/g, '').matchAll(/^#{1,6}\s+(.*)$/gm), (match) => slug(match[1]!));

/** What is wrong with a link from `page`; null where nothing is. */
const fault = (page: string, { file, anchor }: Link): string | null => {
  const target = file === path.posix.dirname(page) && anchor ? page : file;
  const status = statSync(path.join(root, target), { throwIfNoEntry: false });
  if (!status) return `${target} does not exist`;
  if (!anchor || status.isDirectory()) return null;
  const text = readFileSync(path.join(root, target), 'utf8');
  const lines = /^L(\d+)(?:-L(\d+))?$/.exec(anchor);
  if (!lines) {
    return target.endsWith('.md') && !headings(text).includes(anchor) ? `${target} has no heading #${anchor}` : null;
  }
  const first = Number(lines[1]);
  const last = Number(lines[2] ?? first);
  const all = text.split('\n');
  if (first < 1 || last < first || last > all.length) return `${target} has no lines ${anchor}`;
  return all.slice(first - 1, last).every((line) => line.trim() === '') ? `${target} is blank at ${anchor}` : null;
};

describe.each(pages)('%s', (page) => {
  test('every link points at something that is here', () => {
    const wrong = linksOf(page)
      .map((link) => ({ link, what: fault(page, link) }))
      .filter(({ what }) => what !== null)
      .map(({ link, what }) => `${page}:${link.line} (${link.text}): ${what}`);
    expect(wrong).toEqual([]);
  });
});

test('a link that names a definition leads to its line', () => {
  for (const page of ['README.md', 'CONTRIBUTING.md']) {
    const text = readFileSync(path.join(root, page), 'utf8');
    const pointed = pointLinks(text, (file) => readFileSync(path.join(root, file), 'utf8'));
    const remedy = 'mended by: node bin/setup.mjs node scripts/point-links.ts';
    expect(text, `${page} has stale line numbers, ${remedy}`).toBe(pointed);
  }
});

test('there is a README to check', () => {
  expect(pages).toContain('README.md');
});
