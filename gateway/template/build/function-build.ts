import type { FunctionBuild } from '../../model/lambda-function.ts';
import type { Problems } from '../problems.ts';
import { createReader, type Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** `Metadata: BuildMethod` as SAM CLI takes it. Plain Node.js code runs as it lies there. */
export const readBuild = (
  resource: Resource,
  problems: Problems,
): { readonly build: FunctionBuild | null; readonly unsupported: string | null } => {
  const method = entry(resource.metadata, 'BuildMethod');
  if (method === undefined || (typeof method === 'string' && method.startsWith('nodejs')))
    return { build: null, unsupported: null };
  if (method !== 'esbuild') return { build: null, unsupported: `its BuildMethod ${String(method)} does not run here` };
  const properties = entry(resource.metadata, 'BuildProperties');
  const given = properties !== undefined && isMap(properties) ? properties : {};
  const reader = createReader(
    given,
    placeOf(given) ?? resource.place,
    `${resource.logicalId}'s BuildProperties`,
    problems,
  );
  return { build: readEsbuild(reader), unsupported: null };
};

const readEsbuild = (reader: Reader): FunctionBuild => {
  const outExtension = reader.texts('OutExtension').some((pair) => pair === '.js=.mjs');
  return {
    method: 'esbuild',
    entryPoints: reader.has('EntryPoints') ? reader.texts('EntryPoints') : ['app'],
    format: (reader.oneOf('Format', ['esm', 'cjs']) ?? (outExtension ? 'esm' : 'cjs')) as 'esm' | 'cjs',
    target: reader.text('Target'),
    external: reader.texts('External'),
    mainFields: commaList(reader, 'MainFields'),
    banner: pairs(reader, 'Banner'),
    define: pairs(reader, 'Define'),
    loader: pairs(reader, 'Loader'),
    minify: reader.flag('Minify'),
    sourcemap: reader.flag('Sourcemap'),
  };
};

/** `module,main`, or a list. */
const commaList = (reader: Reader, key: string): readonly string[] =>
  reader
    .texts(key)
    .flatMap((item) => item.split(','))
    .map((item) => item.trim())
    .filter(Boolean);

/** `[js=…, .png=file]`, or a map: esbuild's own flags are of the first form. */
const pairs = (reader: Reader, key: string): Readonly<Record<string, string>> => {
  const value = entry(reader.source, key);
  if (value !== undefined && isMap(value)) return reader.textMap(key);
  return Object.fromEntries(
    reader.texts(key).map((item) => {
      const equals = item.indexOf('=');
      return [item.slice(0, equals), item.slice(equals + 1)];
    }),
  );
};
