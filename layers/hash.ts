/**
 * A changed layer publishes no function version: SAM sees the reference, not the content. The hash in each function's
 * Description does, with AutoPublishAliasAllProperties. `node layers/hash.ts --write` puts the present hash there.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const layerFolder = new URL('./observability/', import.meta.url);
const templateFile = new URL('../template.yaml', import.meta.url);
const ignored = new Set(['node_modules', 'package-lock.json']);

/** Twelve hex digits of what the layer holds; the same with the line endings of any checkout. */
export const layerHash = (): string => {
  const hash = createHash('sha256');
  const names = readdirSync(layerFolder).filter((name) => !ignored.has(name));
  for (const name of names.sort()) {
    const text = readFileSync(new URL(name, layerFolder), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${name}\0${text}\0`);
  }
  return hash.digest('hex').slice(0, 12);
};

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === '--write') {
  const text = readFileSync(templateFile, 'utf8');
  writeFileSync(templateFile, text.replace(/\(layer [0-9a-f]{12}\)/g, `(layer ${layerHash()})`));
}
