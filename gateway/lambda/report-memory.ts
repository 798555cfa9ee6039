const intervalMs = 1000;

/** Tells the gateway, from within a host, how much memory the host holds as long as that is more than `quiet`. */
export const reportMemory = (quietMegabytes: number, report: (megabytes: number) => void): void => {
  setInterval(() => {
    const megabytes = process.memoryUsage.rss() / 1_048_576;
    if (megabytes > quietMegabytes) report(Math.round(megabytes));
  }, intervalMs).unref();
};
