import { basename, dirname, join, relative, resolve } from 'node:path';
import type { FunctionBuild, LambdaFunction } from '../../model/lambda-function.ts';

/** One function's share of an esbuild run. */
export type EsbuildRequest = {
  readonly fn: LambdaFunction;
  readonly codeDirectory: string;
  readonly settings: FunctionBuild;
  readonly entries: readonly { readonly file: string; readonly out: string }[];
};

/** A function with `BuildMethod: esbuild`, as `sam build` reads its properties. */
export const requestedBuild = (fn: LambdaFunction, settings: FunctionBuild, codeDirectory: string): EsbuildRequest => {
  const files = settings.entryPoints.map((entry) => resolve(codeDirectory, entry));
  // Like esbuild without `outbase`: outputs keep their path below the folder that all entry points share.
  const base = files.map((file) => dirname(file)).reduce(sharedFolder);
  return {
    fn,
    codeDirectory,
    settings,
    entries: files.map((file) => ({ file, out: join(relative(base, dirname(file)), withoutExtension(file)) })),
  };
};

/** A handler that lies there in TypeScript alone: built here so that it runs, though `sam deploy` would not. */
export const convenienceBuild = (fn: LambdaFunction, file: string, codeDirectory: string): EsbuildRequest => ({
  fn,
  codeDirectory,
  settings: {
    method: 'esbuild',
    entryPoints: [],
    format: 'esm',
    target: 'es2024',
    external: ['/opt/*'],
    mainFields: [],
    banner: {},
    define: {},
    loader: {},
    minify: false,
    sourcemap: true,
    options: {},
  },
  entries: [{ file, out: join(relative(codeDirectory, dirname(file)), withoutExtension(file)) }],
});

const withoutExtension = (file: string): string => basename(file).replace(/\.[^.]+$/, '');

const sharedFolder = (a: string, b: string): string => {
  let folder = a;
  while (relative(folder, b).startsWith('..')) folder = dirname(folder);
  return folder;
};
