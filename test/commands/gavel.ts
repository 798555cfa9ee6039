import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export type Finished = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Runs the command line as a user would, in another folder where asked, and waits for its end. */
export const gavel = async (
  words: readonly string[],
  options: { input?: string; cwd?: string } = {},
): Promise<Finished> => {
  const child = spawn(process.execPath, [gavelFile, ...words], { cwd: options.cwd, env: environment });
  child.stdin.end(options.input ?? '');
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exitOf(child)]);
  return { code, stdout, stderr };
};

export type Started = {
  readonly child: ChildProcess;
  /** The line of JSON that says all is ready. */
  readonly readiness: {
    readonly ready: true;
    readonly apis: readonly {
      readonly logicalId: string;
      readonly type: string;
      readonly id: string;
      readonly stages: Readonly<Record<string, string>>;
    }[];
    readonly control: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** The exit code; null where a signal ended it. */
  readonly exited: Promise<number | null>;
  /** All of its error stream, when it has ended. */
  readonly stderr: Promise<string>;
};

/** Starts a gateway with `--json` and waits for its line. */
export const startGavel = async (words: readonly string[], { readsErrors = true } = {}): Promise<Started> => {
  const child = spawn(process.execPath, [gavelFile, 'start', '--json', '--no-watch', ...words], { env: environment });
  const exited = readsErrors ? exitOf(child) : once(child, 'exit').then(([code]) => code as number | null);
  const errors = readsErrors ? text(child.stderr) : Promise.resolve('');
  child.stdout.setEncoding('utf8');
  let heard = '';
  for await (const chunk of child.stdout) {
    heard += chunk;
    if (heard.includes('\n')) break;
  }
  if (!heard.includes('\n')) throw new Error(`gavel start ended with ${await exited}: ${await errors}`);
  return { child, exited, stderr: errors, readiness: JSON.parse(heard) as Started['readiness'] };
};

export const temporaryFolder = (): { readonly path: string; remove(): void } => {
  const path = mkdtempSync(join(tmpdir(), 'gavel-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
};

const gavelFile = join(import.meta.dirname, '../../bin/gavel.mjs');
/** Without what vitest adds for its own processes, and without endpoints of whoever runs the tests. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS|VITEST|AWS_ENDPOINT_URL)/.test(name)),
);

const exitOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code));
  });
