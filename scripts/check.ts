/**
 * `npm run check [-- STEP …]`: the one gate before a commit. Runs lint, types, tests and template checks, or those named,
 * goes on after one that failed, and fails if any did.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const linter = path.join(root, '.venv', process.platform === 'win32' ? 'Scripts/cfn-lint.exe' : 'bin/cfn-lint');

type Step = {
  readonly command: readonly string[];
  /** Why it cannot run on this machine, with what to do. */
  readonly cannot?: string;
};

/** A command of one of our packages, on the Node that runs this. */
const ours = (name: string, program: string, ...args: readonly string[]): readonly string[] => {
  const { bin } = JSON.parse(readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8'));
  return [process.execPath, path.join(root, 'node_modules', name, bin[program]), ...args];
};

const steps: Readonly<Record<string, Step>> = {
  lint: { command: ours('@biomejs/biome', 'biome', 'check', '--error-on-warnings') },
  types: { command: ours('typescript', 'tsc', '--project', '.') },
  tests: { command: ours('vitest', 'vitest', 'run') },
  template: {
    command: [process.execPath, path.join(root, 'scripts/lint-templates.ts'), linter],
    ...(existsSync(linter)
      ? {}
      : {
          cannot:
            'cfn-lint is not here; "python3 -m venv .venv" and "pip install -r .ci/requirements.txt" in it bring it',
        }),
  },
};

const run = (name: string): 'ok' | 'FAILED' | 'skipped' => {
  const { command, cannot } = steps[name]!;
  const [file, ...args] = command.map((word) => (word.startsWith(root) ? path.relative(root, word) : word));
  process.stdout.write(
    `\n${name}: ${cannot ?? [file === path.relative(root, process.execPath) ? 'node' : file, ...args].join(' ')}\n`,
  );
  if (cannot) return 'skipped';
  const { status } = spawnSync(command[0]!, command.slice(1), { cwd: root, stdio: 'inherit' });
  return status === 0 ? 'ok' : 'FAILED';
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in steps));
if (unknown.length > 0) {
  process.stderr.write(`check has no step ${unknown.join(', ')}; it has ${Object.keys(steps).join(', ')}\n`);
  process.exit(2);
}
const outcomes = (asked.length > 0 ? asked : Object.keys(steps)).map((name) => ({ name, outcome: run(name) }));
process.stdout.write(`\n${outcomes.map(({ name, outcome }) => `${outcome.padEnd(8)}${name}`).join('\n')}\n`);
process.exitCode = outcomes.some(({ outcome }) => outcome === 'FAILED') ? 1 : 0;
