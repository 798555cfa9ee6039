import { promisify } from 'node:util';
import { crc32, inflateRaw, inflateRawSync, type ZlibOptions } from 'node:zlib';
import { readEnd } from './zip-end.ts';
import { type ZipEntry, zipEntries } from './zip-entry.ts';

/** What Lambda takes: code and layers of a function may be so large when they are unpacked. */
export const mostUnpackedBytes = 262_144_000;

/** The directory of an archive. Everything that it alone can tell is checked before a byte is unpacked. */
export const readZip = (archive: Buffer): readonly ZipEntry[] => {
  const entries = zipEntries(archive, readEnd(archive));
  let unpacked = 0;
  for (const { name, size } of entries) {
    unpacked += size;
    if (unpacked > mostUnpackedBytes) throw new Error(`with ${name} it unpacks to more than Lambda's 250 MB`);
  }
  return entries;
};

const localHeader = 0x04034b50;
const inflateApart: (packed: Buffer, options: ZlibOptions) => Promise<Buffer> = promisify(inflateRaw);

/** One file's bytes; what the directory says of them is held against them. */
export const unpackEntry = async (archive: Buffer, entry: ZipEntry): Promise<Buffer> => {
  const { name, at, packedSize, size } = entry;
  if (at + 30 > archive.length || archive.readUInt32LE(at) !== localHeader) throw new Error(`${name} is damaged`);
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const packed = archive.subarray(start, start + packedSize);
  if (packed.length !== packedSize) throw new Error(`it ends in the middle of ${name}`);
  const content = entry.method === 'stored' ? packed : await inflate(packed, entry);
  if (content.length !== size || crc32(content) !== entry.crc) {
    throw new Error(`${name} is damaged: its content is not what its check sum was made of`);
  }
  return content;
};

/** Below this, handing the work to another thread takes longer than the work. */
const atOnceBytes = 65_536;

const inflate = async (packed: Buffer, { name, size }: ZipEntry): Promise<Buffer> => {
  // More than it declares is never unpacked, however well it is packed.
  const options = { maxOutputLength: Math.max(size, 1) };
  try {
    return size < atOnceBytes ? inflateRawSync(packed, options) : await inflateApart(packed, options);
  } catch (error) {
    throw new Error(`${name} is damaged: ${(error as Error).message}`);
  }
};
