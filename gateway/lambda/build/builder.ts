import { rm } from 'node:fs/promises';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import { type RuntimeCommands, whyNoRuntime } from '../runtime-api/runtime-commands.ts';
import type { BuildOutcome, BuildOutcomes } from './build-outcome.ts';
import { runsAsItLies } from './build-outcome.ts';
import { folderHash } from './content-hash.ts';
import { convenienceBuild, type EsbuildRequest, requestedBuild } from './esbuild-request.ts';
import { EsbuildRuns } from './esbuild-runs.ts';
import { findTypeScriptHandler } from './handler-file.ts';
import { buildInline } from './inline-code.ts';
import { buildFile, buildZip } from './packaged-code.ts';

export type Builder = {
  build(functions: readonly LambdaFunction[]): Promise<BuildOutcomes>;
  /** The functions whose TypeScript was built though the template does not ask for it. */
  readonly unasked: ReadonlySet<string>;
  stop(): Promise<void>;
};

/** Makes functions' code runnable below `directory`, each build in a folder of its own. */
export const createBuilder = (directory: string, runtimes: RuntimeCommands = {}): Builder => {
  const runs = new EsbuildRuns(directory);
  // Builds of an earlier run are of no use: their sources may have changed since.
  let cleared: Promise<void> | null = null;
  const unasked = new Set<string>();

  const buildOne = async (fn: LambdaFunction): Promise<BuildOutcome | EsbuildRequest> => {
    const reason = whyUnsupported(fn, runtimes);
    if (reason !== null) return { kind: 'unsupported', reason };
    switch (fn.code.kind) {
      case 'inline':
        return buildInline(fn, fn.code.text, directory);
      case 'zip':
        return buildZip(fn, fn.code.file, directory);
      case 'file':
        return buildFile(fn, fn.code.file, directory);
      case 'directory': {
        const { dir } = fn.code;
        if (fn.build) return requestedBuild(fn, fn.build, dir);
        const unbuilt = findTypeScriptHandler(dir, fn.handler);
        if (!unbuilt) return runsAsItLies(dir, await folderHash(dir));
        unasked.add(fn.logicalId);
        return convenienceBuild(fn, unbuilt, dir);
      }
      case 'remote':
        return { kind: 'unsupported', reason: `The code of ${fn.logicalId} is not on this disk: ${fn.code.uri}` };
    }
  };

  return {
    async build(functions) {
      cleared ??= rm(directory, { recursive: true, force: true });
      await cleared;
      const outcomes = new Map<string, BuildOutcome>();
      const requests: EsbuildRequest[] = [];
      for (const fn of functions) {
        const outcome = await buildOne(fn);
        if ('kind' in outcome) outcomes.set(fn.name, outcome);
        else requests.push(outcome);
      }
      const built = requests.length > 0 ? await runs.run(requests) : new Map<string, BuildOutcome>();
      return new Map([...outcomes, ...built]);
    },
    unasked,
    stop: () => runs.stop(),
  };
};

/** Why a function cannot run here; null where it can. */
export const whyUnsupported = (fn: LambdaFunction, runtimes: RuntimeCommands): string | null => {
  if (fn.unsupported !== null) return fn.unsupported;
  if (fn.code.kind === 'remote') return `The code of ${fn.logicalId} is not on this disk: ${fn.code.uri}`;
  return whyNoRuntime(fn, runtimes);
};
