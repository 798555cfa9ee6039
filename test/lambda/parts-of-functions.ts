import { join } from 'node:path';
import type { FunctionBuild, LayerVersion } from '#gateway/model/lambda-function.ts';

/** `Metadata: BuildMethod: esbuild` as a template would give it. */
export const esbuild = (entry: string, changes: Partial<FunctionBuild> = {}): FunctionBuild => ({
  method: 'esbuild',
  entryPoints: [entry],
  format: 'esm',
  target: 'es2022',
  external: [],
  mainFields: ['module', 'main'],
  banner: {},
  define: {},
  loader: {},
  minify: true,
  sourcemap: true,
  options: {},
  ...changes,
});

export const layerIn = (dir: string, name: string, kind: 'opt' | 'opt/nodejs'): LayerVersion => ({
  logicalId: name,
  name,
  arn: `arn:aws:lambda:us-east-1:123456789012:layer:${name}:1`,
  mount: { kind, dir: join(dir, name) },
  unsupported: null,
  place: { file: 'template.yaml', line: 1, column: 1 },
});
