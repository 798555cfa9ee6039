/** Ctrl+C in a terminal reaches this process twice where npm, its parent, passes it on. */
const sameSignalMs = 500;
/** Whoever reads the output has so long to take the rest of it. */
const lastReadMs = 500;

/**
 * Resolves when somebody wants this process to end: also before there is anything to end, so that a start is not cut
 * off in the middle. Who asks again, with a moment in between, has no patience: it ends at once.
 */
export const stopSignal = (): Promise<void> =>
  new Promise((resolve) => {
    let askedAt: number | null = null;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (askedAt !== null && performance.now() - askedAt > sameSignalMs) process.exit(130);
        askedAt ??= performance.now();
        resolve();
      });
    }
  });

/** Ends the process although a pipe that nobody reads holds something back. */
export const leaveUnread = (): void => {
  setTimeout(() => process.exit(), lastReadMs).unref();
};
