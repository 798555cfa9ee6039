import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { BuildContext, BuildFailure, BuildOptions, BuildResult, OutputFile } from 'esbuild';
import type { BuildOutcome } from './build-outcome.ts';
import { hashOf } from './content-hash.ts';
import type { EsbuildRequest } from './esbuild-request.ts';

type Outcomes = Map<string, BuildOutcome>;

/**
 * Runs esbuild for functions. It is loaded when the first function needs it, and its contexts are kept, so that a
 * rebuild after an edit takes milliseconds. Packages stay external in development: `sam build` bundles them.
 */
export class EsbuildRuns {
  readonly #directory: string;
  readonly #contexts = new Map<string, BuildContext>();
  #esbuild: typeof import('esbuild') | null = null;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async run(requests: readonly EsbuildRequest[]): Promise<Outcomes> {
    const groups = Object.values(Object.groupBy(requests, settingsKey)) as EsbuildRequest[][];
    const used = new Set<string>();
    const built = await Promise.all(groups.map((group) => this.#runGroup(group, used)));
    for (const [key, context] of this.#contexts) {
      if (used.has(key)) continue;
      this.#contexts.delete(key);
      await context.dispose();
    }
    return new Map(built.flatMap((outcomes) => [...outcomes]));
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#contexts.values()].map((context) => context.dispose()));
    this.#contexts.clear();
    await this.#esbuild?.stop();
  }

  /** Functions that share code and settings are built in one run; where that fails, each alone, so that one that does not compile harms no other. */
  async #runGroup(group: readonly EsbuildRequest[], used: Set<string>): Promise<Outcomes> {
    const options = buildOptions(group, this.#directory);
    const key = JSON.stringify(options);
    used.add(key);
    try {
      const result = await this.#rebuild(key, options);
      return await this.#keep(group, result.outputFiles ?? []);
    } catch (error) {
      if (!isBuildFailure(error)) throw error;
      if (group.length > 1) {
        const each = await Promise.all(group.map((request) => this.#runGroup([request], used)));
        return new Map(each.flatMap((outcomes) => [...outcomes]));
      }
      const message = buildMessage(error, options.absWorkingDir ?? '');
      return new Map([[group[0]!.fn.name, { kind: 'failed', message }]]);
    }
  }

  async #rebuild(key: string, options: BuildOptions): Promise<BuildResult> {
    this.#esbuild ??= await import('esbuild');
    let context = this.#contexts.get(key);
    if (!context) {
      context = await this.#esbuild.context(options);
      this.#contexts.set(key, context);
    }
    return context.rebuild();
  }

  /** Writes each function's output into a folder named by its content: a build beside the old one, never over it. */
  async #keep(group: readonly EsbuildRequest[], files: readonly OutputFile[]): Promise<Outcomes> {
    const outcomes: Outcomes = new Map();
    for (const { fn, settings, entries } of group) {
      const from = join(this.#directory, fn.logicalId, unnamed) + sep;
      const own = files.filter((file) => file.path.startsWith(from));
      const identity = hashOf(...own.map((file) => file.contents));
      const taskRoot = join(this.#directory, fn.logicalId, identity);
      for (const file of own) await writeOnce(join(taskRoot, relative(from, file.path)), file.contents);
      const code = { taskRoot, resolveFrom: entries[0]!.file, external: settings.external };
      outcomes.set(fn.name, { kind: 'built', code, identity });
    }
    return outcomes;
  }
}

/** Stands for the content's hash until it is known; as deep, so that paths in source maps hold. */
const unnamed = 'unnamed';

const settingsKey = ({ codeDirectory, settings: { entryPoints: _, ...shared } }: EsbuildRequest): string =>
  JSON.stringify([codeDirectory, shared]);

const buildOptions = (group: readonly EsbuildRequest[], directory: string): BuildOptions => {
  const { codeDirectory, settings } = group[0]!;
  return {
    ...settings.options,
    absWorkingDir: codeDirectory,
    entryPoints: group.flatMap(({ fn, entries }) =>
      entries.map(({ file, out }) => ({ in: file, out: [fn.logicalId, unnamed, ...out.split(sep)].join('/') })),
    ),
    outdir: directory,
    // Whatever package.json stands around the output, these extensions say what is inside.
    outExtension: { '.js': settings.format === 'esm' ? '.mjs' : '.cjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: settings.format,
    // What `sam build` passes where the template names no target.
    target: settings.target?.split(',') ?? 'es2020',
    external: [...settings.external],
    banner: { ...settings.banner },
    define: { ...settings.define },
    loader: { ...settings.loader } as NonNullable<BuildOptions['loader']>,
    // Never minified here, and always with source maps: stack traces show the lines that were written.
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'silent',
    write: false,
    ...(settings.mainFields.length > 0 ? { mainFields: [...settings.mainFields] } : {}),
  };
};

const isBuildFailure = (error: unknown): error is BuildFailure => error instanceof Error && 'errors' in error;

const buildMessage = ({ errors }: BuildFailure, directory: string): string =>
  errors
    .map(({ location, text }) =>
      location
        ? `${resolve(directory, location.file)}:${location.line}:${location.column + 1}: ${text}\n    ${location.lineText.trim()}`
        : text,
    )
    .join('\n');

const writeOnce = async (file: string, content: Uint8Array): Promise<void> => {
  if (existsSync(file)) return;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
};
