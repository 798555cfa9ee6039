import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import { type BuildOutcome, runsAsItLies } from './build-outcome.ts';
import { hashOf } from './content-hash.ts';

type ZipEntry = { readonly name: string; readonly content: Buffer };

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;
const stored = 0;
const deflated = 8;

/** The files of an archive as `zip` and build tools make it: one disk, stored or deflated, not encrypted. */
export const readZip = (archive: Buffer): readonly ZipEntry[] => {
  let end = archive.length - 22;
  while (end >= 0 && archive.readUInt32LE(end) !== endOfDirectory) end--;
  if (end < 0) throw new Error('it is no zip archive');
  const entries: ZipEntry[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== directoryEntry) throw new Error('its directory is damaged');
    const method = archive.readUInt16LE(at + 10);
    const packedBytes = archive.readUInt32LE(at + 20);
    const nameBytes = archive.readUInt16LE(at + 28);
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes);
    const local = archive.readUInt32LE(at + 42);
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
    if (name.endsWith('/')) continue;
    if (method !== stored && method !== deflated) throw new Error(`${name} is packed by method ${method}`);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const packed = archive.subarray(start, start + packedBytes);
    entries.push({ name, content: method === stored ? packed : inflateRawSync(packed) });
  }
  return entries;
};

export const buildZip = async (fn: LambdaFunction, file: string, directory: string): Promise<BuildOutcome> => {
  let archive: Buffer;
  let entries: readonly ZipEntry[];
  try {
    archive = await readFile(file);
    entries = readZip(archive);
  } catch (error) {
    return {
      kind: 'unsupported',
      reason: `The code of ${fn.logicalId}, ${file}, cannot be read: ${(error as Error).message}`,
    };
  }
  const identity = hashOf(archive);
  const taskRoot = join(directory, fn.logicalId, identity);
  for (const { name, content } of entries) {
    const target = resolve(taskRoot, name);
    if (!target.startsWith(taskRoot + sep)) {
      return {
        kind: 'unsupported',
        reason: `The code of ${fn.logicalId}, ${file}, holds a file outside its folder: ${name}`,
      };
    }
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content);
  }
  return runsAsItLies(taskRoot, identity);
};
