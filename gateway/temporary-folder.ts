import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GavelError } from './problem.ts';

/** Makes a folder that only this user can enter; where its path must be short, not always below TMPDIR. */
export const temporaryFolder = (mostBytes = Number.POSITIVE_INFINITY): string => {
  const prefix = join(tmpdir(), 'gavel-');
  const isShort = Buffer.byteLength(prefix) + 'XXXXXX'.length <= mostBytes;
  try {
    return mkdtempSync(isShort ? prefix : '/tmp/gavel-');
  } catch (error) {
    throw new GavelError({
      what: `no temporary folder can be made: ${(error as Error).message}`,
      place: null,
      remedy: 'Set TMPDIR (on Windows TEMP) to a folder that is there and can be written.',
    });
  }
};
