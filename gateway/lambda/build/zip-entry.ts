import type { ZipEnd } from './zip-end.ts';

/** A file, a folder (its name ends in a slash) or a link of an archive, as its directory lists it. */
export type ZipEntry = {
  readonly name: string;
  readonly method: 'stored' | 'deflated';
  readonly size: number;
  readonly packedSize: number;
  readonly crc: number;
  /** Where its local header is. */
  readonly at: number;
  readonly isLink: boolean;
  readonly isExecutable: boolean;
};

const signature = 0x02014b50;
const headerSize = 46;
const methods = new Map<number, ZipEntry['method']>([
  [0, 'stored'],
  [8, 'deflated'],
]);
const encrypted = 1;
/** The upper half of the attributes is a mode where the archive was made on Unix. */
const madeOnUnix = 3;
const linkMode = 0o120000;
const typeOfMode = 0o170000;

export const zipEntries = (archive: Buffer, end: ZipEnd): readonly ZipEntry[] => {
  const entries: ZipEntry[] = [];
  let at = end.directoryAt + end.shift;
  const last = at + end.directorySize;
  for (let left = end.entries; left > 0; left--) {
    if (at + headerSize > last || archive.readUInt32LE(at) !== signature) throw new Error('its directory is damaged');
    const nameAt = at + headerSize;
    const extraAt = nameAt + archive.readUInt16LE(at + 28);
    const commentAt = extraAt + archive.readUInt16LE(at + 30);
    if (commentAt > last) throw new Error('its directory is damaged');
    const name = archive.toString('utf8', nameAt, extraAt);
    const method = methods.get(archive.readUInt16LE(at + 10));
    if (method === undefined) throw new Error(`${name} is packed by method ${archive.readUInt16LE(at + 10)}`);
    if (archive.readUInt16LE(at + 8) & encrypted) throw new Error(`${name} is encrypted`);
    const mode = archive.readUInt8(at + 5) === madeOnUnix ? archive.readUInt32LE(at + 38) >>> 16 : 0;
    entries.push({
      name,
      method,
      crc: archive.readUInt32LE(at + 16),
      ...sizes(archive, at, archive.subarray(extraAt, commentAt), end.shift),
      isLink: (mode & typeOfMode) === linkMode,
      isExecutable: (mode & 0o111) !== 0,
    });
    at = commentAt + archive.readUInt16LE(at + 32);
  }
  return entries;
};

const inZip64 = 0xffffffff;

/** Numbers that do not fit stand in an extra field, in this order, each only where it is needed. */
const sizes = (
  archive: Buffer,
  at: number,
  extra: Buffer,
  shift: number,
): Pick<ZipEntry, 'size' | 'packedSize' | 'at'> => {
  const long = zip64Numbers(extra);
  const read = (offset: number): number => {
    const short = archive.readUInt32LE(at + offset);
    return short === inZip64 ? (long.shift() ?? short) : short;
  };
  const size = read(24);
  const packedSize = read(20);
  return { size, packedSize, at: read(42) + shift };
};

const zip64Field = 1;

const zip64Numbers = (extra: Buffer): number[] => {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== zip64Field) continue;
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
    return Array.from({ length: Math.floor(field.length / 8) }, (_, i) => Number(field.readBigUInt64LE(i * 8)));
  }
  return [];
};
