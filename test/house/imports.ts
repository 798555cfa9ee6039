import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.dirname(path.dirname(import.meta.dirname));

/** One import as it stands in a file. Files are named from the repository's root, with slashes. */
export type Import = {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** The file of ours that it names, or null for a package or a layer at run time. */
  readonly target: string | null;
};

const statement =
  /^(?:import|export)\s[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|(?<![\w.])import\(\s*'([^']+)'\s*\)/gm;

const folders = ['gateway', 'functions', 'layers', 'pipeline', 'web'];

export const sourceFiles = (): readonly string[] =>
  folders
    .flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx,mts}`, { cwd: root, exclude: ['**/node_modules/**'] }))
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

const aliases: readonly (readonly [string, string])[] = [
  ['#gateway/', 'gateway/'],
  ['#domain/', 'functions/domain/'],
  ['#adapters/', 'functions/adapters/'],
];

const targetOf = (file: string, specifier: string): string | null => {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  const alias = aliases.find(([prefix]) => specifier.startsWith(prefix));
  return alias ? alias[1] + specifier.slice(alias[0].length) : null;
};

export const importsOf = (file: string): readonly Import[] => {
  const text = readFileSync(path.join(root, file), 'utf8');
  return Array.from(text.matchAll(statement), (match) => {
    const specifier = (match[1] ?? match[2] ?? match[3])!;
    const line = text.slice(0, match.index).split('\n').length;
    return { file, line, specifier, target: targetOf(file, specifier) };
  });
};

export const exists = (file: string): boolean => existsSync(path.join(root, file));
