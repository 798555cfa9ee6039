import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nodePackage } from '../bundled-node.mjs';
import { SetupError } from './setup-error.mjs';

const packagesOf = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return null;
  }
};

/** What package-lock.json asks for, by place (`node_modules/…`). */
export const lockedPackages = (root) => {
  const locked = packagesOf(path.join(root, 'package-lock.json'));
  if (locked === null) {
    throw new SetupError(
      'gavel: package-lock.json is missing or is no JSON.\n  Restore it: git checkout package-lock.json',
    );
  }
  return locked;
};

/** Optional packages may be missing (npm leaves out what is for another platform), but for this platform's Node. */
const mayBeMissing = (place, entry) =>
  (entry.optional || entry.devOptional) === true && place !== `node_modules/${nodePackage}`;

/**
 * What differs between package-lock.json and node_modules, in words; null where nothing does. npm notes in
 * node_modules/.package-lock.json what it has installed, and writes that file last.
 */
export const whatIsMissing = (root) => {
  const locked = lockedPackages(root);
  const installed = packagesOf(path.join(root, 'node_modules/.package-lock.json'));
  if (installed === null) return 'nothing is installed yet';
  for (const [place, entry] of Object.entries(locked)) {
    if (place === '' || entry.link) continue;
    const found = installed[place];
    const name = place.slice('node_modules/'.length);
    if (found === undefined) {
      if (mayBeMissing(place, entry)) continue;
      return `${name} is missing`;
    }
    if (found.version !== entry.version) return `${name} is ${found.version}, not ${entry.version}`;
    if (!existsSync(path.join(root, place, 'package.json'))) return `${name} is missing`;
  }
  return null;
};
