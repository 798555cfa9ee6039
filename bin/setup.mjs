// node bin/setup.mjs COMMAND [argument …]: installs what is missing, then runs the command on Node 24. Plain JavaScript
// without dependencies: it is the one program here that runs before anything is installed, on a Node of 18 or later.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { become, findNode24, noNode24, runsOnNode24 } from './bundled-node.mjs';
import { ensureInstalled } from './setup/install.mjs';
import { lockedPackages } from './setup/installed.mjs';
import { SetupError } from './setup/setup-error.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [command, ...args] = process.argv.slice(2);

/** The JavaScript file of a command that one of our packages brings, as package-lock.json has it. */
const programOf = (name) => {
  if (name === 'gavel') return path.join(root, 'bin/gavel.mjs');
  for (const [place, entry] of Object.entries(lockedPackages(root))) {
    const file = entry.bin?.[name];
    // Packages of packages have no say in what a command means.
    if (file && place.lastIndexOf('node_modules/') === 0 && existsSync(path.join(root, place))) {
      return path.join(root, place, file);
    }
  }
  return null;
};

const run = async () => {
  if (command === undefined) throw new SetupError('usage: node bin/setup.mjs COMMAND [argument …]');
  await ensureInstalled(root);
  const node = findNode24(pathToFileURL(path.join(root, 'package.json')));
  if (node === null) throw new SetupError(noNode24('Install Node.js 24 and run this with it.'));
  process.env.PATH = `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env.PATH ?? ''}`;
  if (command === 'node') return become(node, args);
  const program = programOf(command);
  if (program === null) throw new SetupError(`gavel: no package here brings a command "${command}".`);
  if (command === 'gavel' && runsOnNode24) {
    process.argv = [process.argv[0], program, ...args];
    return import(pathToFileURL(program).href);
  }
  return become(node, [program, ...args]);
};

try {
  await run();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
