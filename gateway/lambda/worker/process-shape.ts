import { setSourceMapsSupport } from 'node:module';
import os from 'node:os';
import { resolve } from 'node:path';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { statusOf } from './exit-status.ts';
import { defineAwslambda } from './response-stream.ts';

/** Makes a worker thread look like the process that a handler has to itself on Lambda. */
export const actAsProcess = (spec: EnvironmentSpec): void => {
  // Stack traces show the lines of the sources; packages keep their own, as reading their maps takes long.
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  // The executable stays this machine's own, or no handler could fork.
  process.argv = [process.argv[0]!, '/var/runtime/index.mjs'];
  // A worker shares its process's folder and cannot leave it; relative paths are led by this one.
  let folder = spec.code.taskRoot;
  process.cwd = () => folder;
  process.chdir = (next) => {
    folder = resolve(folder, next);
  };
  endAlone();
  defineAwslambda();
};

/** A worker has no abort and shares its process: what would end a process on Lambda ends this environment alone. */
const endAlone = (): void => {
  const { exit, kill, pid, ppid } = process;
  process.abort = () => exit(statusOf('SIGABRT'));
  Object.defineProperty(process, 'ppid', { value: 1 });
  process.kill = (target, signal = 'SIGTERM') => {
    // Zero and below stand for groups, of which the gateway's is one.
    const isSelf = target === pid || target <= 0;
    if (target === ppid || target === 1)
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM', syscall: 'kill' });
    if (!isSelf || signal === 0) return kill(target <= 0 ? pid : target, signal);
    const name = typeof signal === 'string' ? signal : signalName(signal);
    if (!process.emit(name as 'SIGTERM', name as 'SIGTERM')) exit(statusOf(name));
    return true;
  };
};

const signalName = (number: number): string =>
  Object.entries(os.constants.signals).find(([, value]) => value === number)?.[0] ?? 'SIGTERM';
