/** What has been opened on the way, to be closed in reverse. */
export type Closers = {
  push(close: () => unknown): void;
  /** Closes all, each once; one that fails keeps no other from closing, and is handed to `failed`. */
  closeAll(failed: (error: Error) => void): Promise<void>;
};

export const createClosers = (): Closers => {
  const closers: (() => unknown)[] = [];
  return {
    push: (close) => void closers.push(close),
    async closeAll(failed) {
      for (let close = closers.pop(); close; close = closers.pop()) {
        try {
          await close();
        } catch (error) {
          failed(error as Error);
        }
      }
    },
  };
};
