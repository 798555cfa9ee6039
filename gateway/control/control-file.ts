import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** How commands find the gateway that holds a data directory, and speak to it as its owner. */
export type ControlAddress = {
  readonly control: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

const fileIn = (dataDirectory: string): string => join(dataDirectory, 'control.json');

/** Only this user may read it: it holds the credentials of the run. Returns the way to take it away again. */
export const writeControlFile = (dataDirectory: string, { control, credentials }: ControlAddress): (() => void) => {
  const file = fileIn(dataDirectory);
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify({ control, credentials })}\n`, { mode: 0o600 });
  return () => rmSync(file, { force: true });
};

/** null: no gateway holds the directory, or none that said so. */
export const readControlFile = (dataDirectory: string): ControlAddress | null => {
  try {
    return JSON.parse(readFileSync(fileIn(dataDirectory), 'utf8')) as ControlAddress;
  } catch {
    return null;
  }
};
