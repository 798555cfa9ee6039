import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import { type BuildOutcome, runsAsItLies } from './build-outcome.ts';
import { hashOf } from './content-hash.ts';
import { unpack } from './unpack.ts';

/** An archive, as tools and people package code for Lambda. */
export const buildZip = async (fn: LambdaFunction, file: string, directory: string): Promise<BuildOutcome> => {
  // Functions often share one archive.
  const unpacked = await unpack(file, await commonJsFolder(join(directory, '.archives')));
  if (unpacked.kind === 'unpacked') return runsAsItLies(unpacked.folder, unpacked.identity);
  return { kind: 'unsupported', reason: `The code of ${fn.logicalId}, ${unpacked.reason}` };
};

/** A single file, alone in its folder as on Lambda. */
export const buildFile = async (fn: LambdaFunction, file: string, directory: string): Promise<BuildOutcome> => {
  const content = await readFile(file).catch((error: Error) => error);
  if (content instanceof Error)
    return { kind: 'unsupported', reason: `The code of ${fn.logicalId} cannot be read: ${content.message}` };
  const identity = hashOf(basename(file), content);
  const taskRoot = join(await commonJsFolder(join(directory, fn.logicalId)), identity);
  await mkdir(taskRoot, { recursive: true });
  await writeFile(join(taskRoot, basename(file)), content);
  return runsAsItLies(taskRoot, identity);
};

/** Code without a package.json would otherwise take its module type from the project around the build. */
const commonJsFolder = async (folder: string): Promise<string> => {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{}');
  return folder;
};
