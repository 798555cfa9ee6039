import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GavelError } from '../problem.ts';
import { projectFolder } from '../project-folder.ts';
import { takeLock } from './lock.ts';

/** Where a stack keeps its data (`.gavel/<stack>`), held by one gateway at a time. */
export type DataDirectory = {
  readonly path: string;
  /** The path of a file in it. */
  file(name: string): string;
  release(): void;
};

/** Where a stack's data lies unless another place is named. */
export const besideTemplate = (templateFile: string, stackName: string): string =>
  join(projectFolder(templateFile), '.gavel', stackName);

/** Makes the directory if need be and holds it, or refuses with the name of the process that does. */
export const openDataDirectory = (dir: string): DataDirectory => {
  const path = resolve(dir);
  attempt(`the data directory ${path} cannot be made`, () => mkdirSync(path, { recursive: true }));
  // It holds data and the credentials of a run: nothing of it belongs into a repository.
  if (basename(dirname(path)) === '.gavel') ignoreByGit(dirname(path));
  const lock = attempt(`the data directory ${path} cannot be written`, () => takeLock(join(path, 'lock')));
  if (!lock.taken) {
    const { pid, startedAt, command } = lock.holder;
    throw new GavelError({
      what: `the data directory ${path} is in use by process ${pid} (${command}), since ${startedAt}`,
      place: null,
      remedy: `Stop that process, or give this one another directory with --data-dir`,
    });
  }
  return { path, file: (name) => join(path, name), release: lock.release };
};

const ignoreByGit = (folder: string): void => {
  const file = join(folder, '.gitignore');
  if (!existsSync(file)) attempt(`${file} cannot be written`, () => writeFileSync(file, '*\n'));
};

const attempt = <T>(failure: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const what = `${failure}: ${(error as Error).message}`;
    throw new GavelError({ what, place: null, remedy: 'Name another with --data-dir' });
  }
};
