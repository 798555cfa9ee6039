/**
 * Points the links of the documentation at today's lines: a link such as [`Market`](template.yaml#L85) leads to the line
 * that defines what its text names. The house tests say when to run it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';

const link = /\[`([^`\]]+)`\]\(([^)#\s]+)#L\d+\)/g;

/** The line that defines a name: a key of that name, or an operation with that id. */
export const lineOf = (name: string, text: string): number | null => {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const definition = new RegExp(`^\\s*(${escaped}:|operationId: ${escaped}$)`);
  const at = text.split('\n').findIndex((line) => definition.test(line));
  return at < 0 ? null : at + 1;
};

/** A page with each such link at its line; a name that nothing defines stays as it is. */
export const pointLinks = (page: string, read: (file: string) => string): string =>
  page.replace(link, (whole, name: string, file: string) => {
    const line = lineOf(name, read(file));
    return line === null ? whole : `[\`${name}\`](${file}#L${line})`;
  });

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) {
  for (const file of ['README.md', 'CONTRIBUTING.md']) {
    const before = readFileSync(file, 'utf8');
    const after = pointLinks(before, (target) => readFileSync(path.join(path.dirname(file), target), 'utf8'));
    if (after !== before) writeFileSync(file, after);
  }
}
