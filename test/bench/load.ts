import autocannon from 'autocannon';

export type Load = {
  readonly requestsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers that were no 2xx, and requests without any. */
  readonly failures: number;
};

const percentile = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Keeps `connections` busy for a while. autocannon's own percentiles are whole milliseconds, so they are taken here. */
export const load = (url: string, connections: number, seconds: number): Promise<Load> =>
  new Promise((resolve, reject) => {
    const latencies: number[] = [];
    const run = autocannon({ url, connections, duration: seconds }, (error, result) => {
      if (error) return reject(error);
      const sorted = Float64Array.from(latencies).sort();
      resolve({
        requestsPerSecond: result.requests.total / result.duration,
        p50: percentile(sorted, 0.5),
        p99: percentile(sorted, 0.99),
        failures: result.errors + result.timeouts + result.non2xx,
      });
    });
    run.on('response', (_client: unknown, _status: number, _bytes: number, milliseconds: number) => {
      latencies.push(milliseconds);
    });
  });

/** The round in the middle, by requests per second. */
export const median = (rounds: readonly Load[]): Load =>
  rounds.toSorted((one, other) => one.requestsPerSecond - other.requestsPerSecond)[Math.floor(rounds.length / 2)]!;
