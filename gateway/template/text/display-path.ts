import { relative } from 'node:path';

/** A path as messages show it: relative to where the command runs, where that is shorter. */
export const displayPath = (file: string): string => {
  const near = relative(process.cwd(), file);
  return near !== '' && near.length < file.length ? near : file;
};
