import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { explain } from './explain.mjs';
import { lockedPackages, whatIsMissing } from './installed.mjs';
import { withLock } from './lock.mjs';
import { npm } from './npm.mjs';
import { SetupError } from './setup-error.mjs';

const say = (text) => process.stderr.write(`gavel: ${text}\n`);

const seconds = (since) => ((performance.now() - since) / 1000).toFixed(1);

/** A running program's file cannot be replaced on Windows, so npm must then leave in place what has not changed. */
const npmCommand = (root) =>
  process.platform === 'win32' && process.execPath.startsWith(path.join(root, 'node_modules')) ? 'install' : 'ci';

const installAll = async (root, reason) => {
  const since = performance.now();
  const command = npmCommand(root);
  say(`${reason}: installing what package-lock.json asks for (npm ${command}) …`);
  const result = await npm(root, [command, '--include=dev', '--include=optional']);
  if (result.interrupted) throw new SetupError('gavel: interrupted; run the same command again to go on.');
  if (!result.ok) throw new SetupError(explain(result.errors));
  const missing = whatIsMissing(root);
  if (missing !== null) {
    throw new SetupError(
      `gavel: npm ended well, but ${missing}.\n  Delete node_modules and run this again; look at "npm config get omit" as well.`,
    );
  }
  say(`installed in ${seconds(since)} s`);
};

const platform = `${process.platform}-${process.arch}`;
const database = `@dynoxide/${platform}`;
const databaseTried = (root) => path.join(root, 'node_modules/.gavel-database-tried');

const lacksDatabase = (root) =>
  !existsSync(path.join(root, 'node_modules', database)) && !existsSync(databaseTried(root));

/** The embedded DynamoDB of a platform that package-lock.json does not cover; missing, it is said once and no error. */
const addDatabase = async (root) => {
  const version = lockedPackages(root)['node_modules/@dynoxide/linux-x64']?.version;
  const result = await npm(root, ['install', '--no-save', '--no-package-lock', `${database}@${version}`], {
    quiet: true,
  });
  writeFileSync(databaseTried(root), '');
  if (!result.ok) {
    say(`there is no embedded DynamoDB for ${platform}; set AWS_ENDPOINT_URL_DYNAMODB to use another.`);
  }
};

/** Makes node_modules what package-lock.json asks for; does nothing, in milliseconds, where it is. */
export const ensureInstalled = async (root) => {
  if (whatIsMissing(root) === null && !lacksDatabase(root)) return;
  const lock = path.join(root, '.gavel/setup.lock');
  const onWait = (pid) => say(`process ${pid} is installing; waiting for it`);
  try {
    await withLock(lock, onWait, async () => {
      const missing = whatIsMissing(root);
      if (missing !== null) await installAll(root, missing);
      if (lacksDatabase(root)) await addDatabase(root);
    });
  } catch (error) {
    if (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'EPERM') {
      throw new SetupError(explain([`code ${error.code}`, error.message]));
    }
    throw error;
  }
};
