import { open, rename } from 'node:fs/promises';

/** Replaces a file as a whole: after a crash it holds the old text or the new, never a part. */
export const replaceFile = async (file: string, text: string): Promise<void> => {
  const next = `${file}.next`;
  const handle = await open(next, 'w');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(next, file);
};
