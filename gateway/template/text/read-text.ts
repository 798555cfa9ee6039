import { readFileSync } from 'node:fs';
import type { Problems } from '../problems.ts';

/** The text of a file; null after a problem was added. */
export const readText = (file: string, shown: string, problems: Problems): string | null => {
  const refuse = (what: string, remedy: string): null => {
    problems.add(what, { file: shown, line: 1, column: 1 }, remedy);
    return null;
  };
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    return refuse(`The file cannot be read (${reason}).`, 'Let it be a readable file.');
  }
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff))
    return refuse('The file is UTF-16.', 'Save it as UTF-8.');
  if (bytes.includes(0)) return refuse('The file is not text: it holds zero bytes.', 'Name a YAML or JSON file.');
  try {
    // The decoder takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('The file is not UTF-8 text.', 'Save it as UTF-8.');
  }
};
