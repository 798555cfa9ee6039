export type Command = {
  readonly help: string;
  /** The number is the exit code. */
  run(words: readonly string[]): Promise<number>;
};
