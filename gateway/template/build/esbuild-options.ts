import type { EsbuildOption, FunctionBuild } from '../../model/lambda-function.ts';
import type { Reader } from '../reader.ts';
import { entry, isList, isMap } from '../text/plain.ts';

type Kind = 'flag' | 'text' | 'texts' | 'commas' | 'pairs';

/**
 * BuildProperties that reach esbuild as they are. SAM CLI makes a flag of whatever it finds (`TreeShaking` becomes
 * `--tree-shaking`), so that the names are esbuild's.
 */
export const passedOn: Readonly<Record<string, Kind>> = {
  Alias: 'pairs',
  AllowOverwrite: 'flag',
  AssetNames: 'text',
  Charset: 'text',
  Conditions: 'commas',
  Drop: 'texts',
  DropLabels: 'commas',
  Footer: 'pairs',
  IgnoreAnnotations: 'flag',
  Inject: 'texts',
  Jsx: 'text',
  JsxDev: 'flag',
  JsxFactory: 'text',
  JsxFragment: 'text',
  JsxImportSource: 'text',
  JsxSideEffects: 'flag',
  KeepNames: 'flag',
  PreserveSymlinks: 'flag',
  Pure: 'texts',
  ResolveExtensions: 'commas',
  TreeShaking: 'flag',
  Tsconfig: 'text',
  TsconfigRaw: 'text',
};

/** `Metadata: BuildProperties` of a function that asks for esbuild. */
export const readEsbuild = (reader: Reader): FunctionBuild => {
  const outExtension = texts(reader, 'OutExtension').some((pair) => pair === '.js=.mjs');
  return {
    method: 'esbuild',
    entryPoints: reader.has('EntryPoints') ? texts(reader, 'EntryPoints') : ['app'],
    format: (reader.oneOf('Format', ['esm', 'cjs']) ?? (outExtension ? 'esm' : 'cjs')) as 'esm' | 'cjs',
    target: commas(reader, 'Target').join(',') || null,
    external: texts(reader, 'External'),
    mainFields: commas(reader, 'MainFields'),
    banner: pairs(reader, 'Banner'),
    define: pairs(reader, 'Define'),
    loader: pairs(reader, 'Loader'),
    minify: reader.flag('Minify'),
    sourcemap: sourcemap(reader),
    options: Object.fromEntries(
      Object.entries(passedOn)
        .filter(([key]) => reader.has(key))
        .map(([key, kind]) => [key[0]!.toLowerCase() + key.slice(1), read(reader, key, kind)]),
    ),
  };
};

const read = (reader: Reader, key: string, kind: Kind): EsbuildOption => {
  switch (kind) {
    case 'flag':
      return reader.flag(key);
    case 'text':
      return reader.text(key) ?? '';
    case 'texts':
      return texts(reader, key);
    case 'commas':
      return commas(reader, key);
    case 'pairs':
      return pairs(reader, key);
  }
};

/** `true`, or which kind of map: each is one that stack traces are read by. */
const sourcemap = (reader: Reader): boolean => {
  const kind = entry(reader.source, 'Sourcemap');
  return ['linked', 'inline', 'external', 'both'].includes(String(kind)) || reader.flag('Sourcemap');
};

/** Templates that other tools have written give such a list as a map of its items, too. */
const texts = (reader: Reader, key: string): readonly string[] => {
  const value = entry(reader.source, key);
  return value !== undefined && isMap(value)
    ? Object.entries(reader.textMap(key)).map(([name, item]) => `${name}=${item}`)
    : reader.texts(key);
};

/** `module,main`, or a list. */
const commas = (reader: Reader, key: string): readonly string[] =>
  reader
    .texts(key)
    .flatMap((item) => item.split(','))
    .map((item) => item.trim())
    .filter(Boolean);

/** `[js=…, .png=file]`, or a map: esbuild's own flags are of the first form. */
const pairs = (reader: Reader, key: string): Readonly<Record<string, string>> => {
  const value = entry(reader.source, key);
  if (value !== undefined && !isList(value) && isMap(value)) return reader.textMap(key);
  return Object.fromEntries(
    reader.texts(key).map((item) => {
      const equals = item.indexOf('=');
      return [item.slice(0, equals), item.slice(equals + 1)];
    }),
  );
};
