import { appendFile } from 'node:fs/promises';

/** Where records end that no function would handle. */
export type DeadLetters = {
  /** Returns where it is kept, for people. */
  append(letter: Readonly<Record<string, unknown>>): Promise<string>;
};

/** One JSON text a line. */
export const deadLetterFile = (file: string): DeadLetters => ({
  async append(letter) {
    await appendFile(file, `${JSON.stringify(letter)}\n`);
    return file;
  },
});

export const deadLettersInMemory = (): DeadLetters & {
  readonly letters: readonly Readonly<Record<string, unknown>>[];
} => {
  const letters: Readonly<Record<string, unknown>>[] = [];
  return {
    letters,
    async append(letter) {
      letters.push(letter);
      return 'memory (start with a data directory to keep them in a file)';
    },
  };
};
