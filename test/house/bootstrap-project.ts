import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from './imports.ts';

/** Stands in for npm: installs one package with one command, or fails as it is told, and notes each call. */
const npmStandIn = `
const fs = require('node:fs'), path = require('node:path');
const [command] = process.argv.slice(2);
fs.appendFileSync(process.env.CALLS, command + '\\n');
if (process.env.FAIL) {
  fs.writeFileSync(path.join(process.env.npm_config_logs_dir, 'debug-0.log'), process.env.FAIL);
  process.exit(1);
}
if (command === 'ci') setTimeout(() => {
  const { packages } = JSON.parse(fs.readFileSync('package-lock.json', 'utf8'));
  fs.mkdirSync('node_modules/greeter', { recursive: true });
  fs.writeFileSync('node_modules/greeter/package.json', '{}');
  fs.copyFileSync(process.env.GREETER, 'node_modules/greeter/greet.cjs');
  fs.writeFileSync('node_modules/.package-lock.json', JSON.stringify({ packages }));
}, 150);
`;

const greeter = `
const [, , ...words] = process.argv;
if (words[0] === 'wait') {
  process.on('SIGTERM', () => process.exit(7));
  setInterval(() => {}, 1000);
}
console.log(['greetings', ...words].join(' '), process.versions.node.split('.')[0]);
process.exitCode = Number(words[1] ?? 0);
`;

export type Outcome = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A project of two files and our bin/, into which setup can install without a registry. */
export class BootstrapProject {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'gavel-setup-'));

  constructor() {
    cpSync(path.join(root, 'bin'), path.join(this.folder, 'bin'), { recursive: true });
    this.lock('1.0.0');
    mkdirSync(path.join(this.folder, 'stand-in'));
    writeFileSync(path.join(this.folder, 'stand-in/npm-cli.js'), npmStandIn);
    writeFileSync(path.join(this.folder, 'stand-in/greet.cjs'), greeter);
    writeFileSync(path.join(this.folder, 'calls'), '');
  }

  /** Asks for this version of the package `greeter`. */
  lock(version: string): void {
    const packages = { '': {}, 'node_modules/greeter': { version, bin: { greet: 'greet.cjs' } } };
    writeFileSync(path.join(this.folder, 'package-lock.json'), JSON.stringify({ packages }));
  }

  /** How often npm was asked to install everything. */
  installations(): number {
    return readFileSync(path.join(this.folder, 'calls'), 'utf8')
      .split('\n')
      .filter((line) => line === 'ci').length;
  }

  start(words: readonly string[], failure = ''): ChildProcess {
    return spawn(process.execPath, [path.join(this.folder, 'bin/setup.mjs'), ...words], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        npm_execpath: path.join(this.folder, 'stand-in/npm-cli.js'),
        npm_node_execpath: process.execPath,
        CALLS: path.join(this.folder, 'calls'),
        GREETER: path.join(this.folder, 'stand-in/greet.cjs'),
        FAIL: failure,
      },
    });
  }

  run(words: readonly string[], failure = ''): Promise<Outcome> {
    const child = this.start(words, failure);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      stderr += chunk;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
