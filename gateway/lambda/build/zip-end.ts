/** Where an archive's directory is. */
export type ZipEnd = {
  readonly entries: number;
  readonly directoryAt: number;
  readonly directorySize: number;
  /** Bytes before the archive, such as a script that unpacks it: offsets do not count them. */
  readonly shift: number;
};

const signature = 0x06054b50;
const locatorSignature = 0x07064b50;
const signature64 = 0x06064b50;
const size = 22;
const longestComment = 0xffff;

/** Reads the record at the end of an archive, or, where its numbers do not fit there, Zip64's. */
export const readEnd = (archive: Buffer): ZipEnd => {
  const at = findEnd(archive);
  if (at === null) throw new Error('it is no zip archive');
  const disks = archive.readUInt16LE(at + 4) + archive.readUInt16LE(at + 6);
  const entries = archive.readUInt16LE(at + 10);
  const directorySize = archive.readUInt32LE(at + 12);
  const directoryAt = archive.readUInt32LE(at + 16);
  const end64 =
    entries === 0xffff || directorySize === 0xffffffff || directoryAt === 0xffffffff ? readEnd64(archive, at) : null;
  if (end64) return checked(archive, end64);
  if (disks !== 0) throw new Error('it is one part of several');
  return checked(archive, { entries, directoryAt, directorySize, shift: at - directorySize - directoryAt });
};

/** Behind it nothing but a comment may stand, which may hold the same bytes. */
const findEnd = (archive: Buffer): number | null => {
  const lowest = Math.max(0, archive.length - size - longestComment);
  for (let at = archive.length - size; at >= lowest; at--) {
    if (archive.readUInt32LE(at) === signature && at + size + archive.readUInt16LE(at + 20) === archive.length)
      return at;
  }
  return null;
};

const readEnd64 = (archive: Buffer, end: number): ZipEnd | null => {
  const locator = end - 20;
  if (locator < 0 || archive.readUInt32LE(locator) !== locatorSignature) return null;
  const at = Number(archive.readBigUInt64LE(locator + 8));
  if (at + 56 > archive.length || archive.readUInt32LE(at) !== signature64) throw new Error('its end is damaged');
  return {
    entries: Number(archive.readBigUInt64LE(at + 32)),
    directorySize: Number(archive.readBigUInt64LE(at + 40)),
    directoryAt: Number(archive.readBigUInt64LE(at + 48)),
    shift: 0,
  };
};

const checked = (archive: Buffer, end: ZipEnd): ZipEnd => {
  const at = end.directoryAt + end.shift;
  if (end.shift < 0 || at + end.directorySize > archive.length) throw new Error('its directory is damaged');
  return end;
};
