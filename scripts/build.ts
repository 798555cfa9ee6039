/**
 * Makes dist/, the JavaScript that `npm pack` carries: Node strips no types under node_modules. Every file of gateway/
 * becomes one file at the same relative place, because hosts and workers are started by the place of their file.
 */
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = path.dirname(import.meta.dirname);
const gateway = path.join(root, 'gateway');
const dist = path.join(root, 'dist');

/** `./x.ts` and `#gateway/x.ts` as a file beside `importer` would name them in dist/; anything else as it is. */
const inDist = (specifier: string, importer: string, ending: string): string => {
  if (specifier.startsWith('#gateway/')) {
    const target = path.join(gateway, specifier.slice('#gateway/'.length));
    const relative = path.relative(path.dirname(importer), target).replaceAll('\\', '/');
    return inDist(relative.startsWith('.') ? relative : `./${relative}`, importer, ending);
  }
  return specifier.startsWith('.') ? specifier.replace(/\.ts$/, ending) : specifier;
};

/** Keeps every import an import of a file of its own. */
const oneFileEach: Plugin = {
  name: 'one-file-each',
  setup(builder) {
    builder.onResolve({ filter: /.*/ }, ({ kind, path: specifier, importer }) =>
      kind === 'entry-point' ? null : { path: inDist(specifier, importer, '.js'), external: true },
    );
  },
};

/** TypeScript writes declarations with the specifiers of the source. */
const writeDeclarations = async (): Promise<void> => {
  const compiler = path.join(root, 'node_modules/typescript/bin/tsc');
  const config = path.join(import.meta.dirname, 'tsconfig.declarations.json');
  const { status } = spawnSync(process.execPath, [compiler, '-p', config], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  for (const file of globSync('**/*.d.ts', { cwd: dist })) {
    const importer = path.join(gateway, file);
    const text = await readFile(path.join(dist, file), 'utf8');
    const rewritten = text.replace(/(?<=(?:from |import\()(['"]))(?:\.|#gateway\/)[^'"]+\.ts(?=\1)/g, (specifier) =>
      inDist(specifier, importer, '.js'),
    );
    if (rewritten !== text) await writeFile(path.join(dist, file), rewritten);
  }
};

await rm(dist, { recursive: true, force: true });
const sources = globSync('**/*.ts', { cwd: gateway });
const built = build({
  absWorkingDir: gateway,
  entryPoints: sources,
  outbase: gateway,
  outdir: dist,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  logLevel: 'warning',
  plugins: [oneFileEach],
});
// esbuild has said itself, with file and line, what is wrong.
await built.catch(() => process.exit(1));
// Pages, templates and whatever else lies beside the code.
for (const file of globSync('**/*.*', { cwd: gateway, exclude: (name) => name.endsWith('.ts') })) {
  await cp(path.join(gateway, file), path.join(dist, file));
}
await writeDeclarations();
process.stdout.write(`dist/ holds ${sources.length} files\n`);
