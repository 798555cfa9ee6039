import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

export const root = path.dirname(path.dirname(import.meta.dirname));

/** The environment of a person's own terminal: not npm's, and without our Node on PATH. */
export const machineEnvironment = (): NodeJS.ProcessEnv => {
  const environment: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (
      !/^(npm_(?!config_(cache|registry|cafile|proxy|https_proxy)$)|NODE_|VITEST|TEST$|DEV$|PROD$|MODE$)/i.test(name)
    ) {
      environment[name] = value;
    }
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => !folder.startsWith(root));
  return { ...environment, PATH: folders.join(path.delimiter) };
};

export const start = (cwd: string, file: string, ...args: readonly string[]): ChildProcess =>
  spawn(file, args, {
    cwd,
    env: machineEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and the programs it links are command files on Windows.
    shell: process.platform === 'win32',
  });

/** What a program wrote on stdout; throws with all that it wrote where it fails. */
export const run = async (cwd: string, file: string, ...args: readonly string[]): Promise<string> => {
  const child = start(cwd, file, ...args);
  let stdout = '';
  let all = '';
  child.stdout?.on('data', (chunk) => {
    stdout += chunk;
    all += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    all += chunk;
  });
  const code = await exitCode(child);
  if (code !== 0) throw new Error(`${[file, ...args].join(' ')} ended with ${code}:\n${all}`);
  return stdout;
};

export const exitCode = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });

/** The first line that a program writes on stdout, or an error with what it wrote on stderr. */
export const firstLine = (child: ChildProcess, deadlineMs: number): Promise<string> =>
  new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    const fail = (why: string): void => reject(new Error(`${why}\n${stdout}${stderr}`));
    const timer = setTimeout(() => fail(`nothing came within ${deadlineMs} ms`), deadlineMs);
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
      const end = stdout.indexOf('\n');
      if (end < 0) return;
      clearTimeout(timer);
      resolve(stdout.slice(0, end));
    });
    child.on('error', reject);
    child.on('close', (code) => fail(`it ended with ${code}`));
  });
