import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** npm's own program where it can be found, so that no shell is needed; else the name to look for on PATH. */
const npmProgram = () => {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath,
    path.join(beside, 'node_modules/npm/bin/npm-cli.js'),
    path.join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
  ];
  const script = candidates.find((file) => file?.endsWith('npm-cli.js') && existsSync(file));
  // The Node that runs npm, not the one in node_modules that npm is about to replace.
  if (script) return { file: process.env.npm_node_execpath ?? process.execPath, args: [script], shell: false };
  return process.platform === 'win32'
    ? { file: 'npm.cmd', args: [], shell: true }
    : { file: 'npm', args: [], shell: false };
};

/** The lines that npm logged as errors, without their prefix. */
const errorLines = (logs) =>
  readdirSync(logs)
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) => readFileSync(path.join(logs, name), 'utf8').split('\n'))
    .map((line) => /^\d+ error (.*)$/.exec(line)?.[1])
    .filter((line) => line !== undefined);

/**
 * Runs npm in `root`. Its own progress is shown on a terminal; everything else goes to a log, from which the errors
 * are read: `{ ok, interrupted, errors }`. What it says goes to stderr, for stdout belongs to the command that follows.
 */
export const npm = async (root, args, { quiet = false } = {}) => {
  const logs = mkdtempSync(path.join(tmpdir(), 'gavel-npm-'));
  const shown = !quiet && process.stderr.isTTY === true;
  const program = npmProgram();
  let interrupted = false;
  const child = spawn(program.file, [...program.args, ...args], {
    cwd: root,
    shell: program.shell,
    stdio: shown ? ['ignore', process.stderr, process.stderr] : 'ignore',
    env: {
      ...process.env,
      npm_config_logs_dir: logs,
      // Without warnings: a Node 20 that only bootstraps is not what the `engines` of the packages speak about.
      npm_config_loglevel: 'error',
      npm_config_update_notifier: 'false',
    },
  });
  const stop = (signal) => {
    interrupted = true;
    child.kill(signal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    const failure = await new Promise((resolve) => {
      child.on('error', ({ code, message }) =>
        resolve([`code ${code === 'ENOENT' ? 'NPM_NOT_FOUND' : code}`, message]),
      );
      child.on('exit', (code) => resolve(code === 0 ? null : errorLines(logs)));
    });
    return { ok: failure === null, interrupted, errors: failure ?? [] };
  } finally {
    process.removeListener('SIGTERM', stop);
    process.removeListener('SIGINT', stop);
    rmSync(logs, { recursive: true, force: true });
  }
};
