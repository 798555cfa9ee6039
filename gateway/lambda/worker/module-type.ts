import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';

type Load = Parameters<typeof registerHooks>[0]['load'] & {};

/**
 * On Lambda nothing stands around a function's code or a layer: a `.js` file without a package.json of their own is
 * CommonJS. Here they may lie in a project whose package.json says `module`, which Node.js would go by.
 */
export const ignoreTypeAround = ({ code, layers }: EnvironmentSpec): void => {
  const roots = [code.taskRoot, ...layers.map(({ dir }) => dir)].filter(
    (root) => declaredType(root, null) === 'module',
  );
  if (roots.length === 0) return;
  /** The text of a file that Lambda would take for CommonJS; null for every other. */
  const commonJs = (file: string): string | null => {
    const root = roots.find((folder) => file.startsWith(folder + sep));
    if (root === undefined || declaredType(dirname(file), root) !== undefined) return null;
    const source = readFileSync(file, 'utf8');
    return isCommonJs(source) ? source : null;
  };
  const load: Load = (url, context, next) => {
    if (!url.startsWith('file:') || !url.endsWith('.js')) return next(url, context);
    const source = commonJs(fileURLToPath(url));
    return source === null ? next(url, context) : { format: 'commonjs', source, shortCircuit: true };
  };
  registerHooks({ load });
  // What an ES module imports comes to this loader without a hook being asked.
  const { extensions } = createRequire(import.meta.url);
  const loadJs = extensions['.js'];
  extensions['.js'] = (module, file) => {
    const source = commonJs(file);
    if (source === null) loadJs(module, file);
    else (module as unknown as Compiling)._compile(source, file, 'commonjs');
  };
};

/** A module as Node's own loaders of files see it. */
type Compiling = { _compile(source: string, file: string, format: string): void };

/** Whether a file is loaded by `import`, by its extension and the package.json files between it and the task root. */
export const isModule = (file: string, taskRoot: string): boolean => {
  const extension = extname(file);
  if (extension !== '.js' && extension !== '') return extension === '.mjs';
  const own = declaredType(dirname(file), taskRoot);
  if (own !== undefined) return own === 'module';
  return declaredType(taskRoot, null) === 'module' && !isCommonJs(readFileSync(file, 'utf8'));
};

/** What has neither kind's marks is as good as empty. */
const isCommonJs = (source: string): boolean =>
  /\b(?:module|exports|require)\b/.test(source) && !/^\s*(?:import\b(?!\s*[(.])|export\b)/m.test(source);

/** The `type` of the nearest package.json up to `last` (up to the disk's root: null); undefined: there is no such file. */
const declaredType = (from: string, last: string | null): string | null | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    const type = typeIn(join(folder, 'package.json'));
    if (type !== undefined) return type;
    if (folder === last || folder === dirname(folder)) return undefined;
  }
};

const typeIn = (file: string): string | null | undefined => {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { type?: string }).type ?? null;
  } catch {
    return undefined;
  }
};
