import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `src/app.handlers.list` is the file `src/app` and the export `handlers.list`. */
export const splitHandler = (handler: string): { readonly module: string; readonly path: readonly string[] } | null => {
  const slash = handler.lastIndexOf('/') + 1;
  const parts = handler.slice(slash).split('.');
  if (parts.length < 2 || parts.some((part) => part === '')) return null;
  return { module: handler.slice(0, slash) + parts[0], path: parts.slice(1) };
};

const runnable = ['', '.js', '.mjs', '.cjs'];
const typeScript = ['.ts', '.mts', '.cts'];

const find = (root: string, handler: string, extensions: readonly string[]): string | null => {
  const module = splitHandler(handler)?.module;
  if (module === undefined) return null;
  const files = extensions.map((extension) => join(root, module + extension));
  return files.find((file) => existsSync(file)) ?? null;
};

/** The file that Lambda would load, tried in Lambda's order. */
export const findHandlerFile = (taskRoot: string, handler: string): string | null => find(taskRoot, handler, runnable);

/** A TypeScript handler that nothing has built yet. */
export const findTypeScriptHandler = (root: string, handler: string): string | null =>
  findHandlerFile(root, handler) ? null : find(root, handler, typeScript);
