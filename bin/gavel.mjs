#!/usr/bin/env node
// The command line under any Node from 18 on: runs gateway/main (its source in a clone, its build in an installed
// package, because Node strips no types under node_modules) on Node 24.
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import { become, findNode24, noNode24, runsOnNode24 } from './bundled-node.mjs';

const source = new URL('../gateway/main.ts', import.meta.url);
const build = new URL('../dist/main.js', import.meta.url);
const main = existsSync(source) ? source : build;

const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};

/** Follows the process that started this one for its sake: without it, nobody could stop the gateway. */
const holdLifeline = () => {
  if (!process.env.GAVEL_LIFELINE || !process.channel) return;
  delete process.env.GAVEL_LIFELINE;
  process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
  process.channel.unref();
};

/** Early releases of Node 24 announce on every start that they strip types; users need not know. */
const silenceTypeStripping = () => {
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (!String(warning).startsWith('Type Stripping')) emitWarning.call(process, warning, ...rest);
  };
};

if (!existsSync(main)) {
  fail(
    'gavel: neither gateway/main.ts nor dist/main.js is here.\n  Install the package again, or restore the folder gateway/ of a clone (git checkout gateway).',
  );
} else if (runsOnNode24) {
  // Young objects here die within a request; Node's default lets them take four times the room before it looks.
  v8.setFlagsFromString('--max-semi-space-size=4');
  holdLifeline();
  silenceTypeStripping();
  // Keeps compiled code and stripped types between starts: half of the time that a start would take.
  module.enableCompileCache();
  await import(main.href);
} else {
  const node = findNode24(import.meta.url);
  if (node === null) {
    fail(noNode24('Run "npm install" again without --omit=optional, or run gavel with a Node 24 of your own.'));
  } else {
    become(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
      lifeline: true,
      env: { ...process.env, GAVEL_LIFELINE: '1' },
    });
  }
}
