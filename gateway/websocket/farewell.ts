import type { Connection } from './connection.ts';

/** How long a stop waits for `$disconnect` and for close frames, however many connections are open. */
const farewellMs = 1000;
const concurrency = 8;

/**
 * Sees connections off when the gateway stops: a few `$disconnect` at a time as far as they get, then the rest of the
 * sockets is cut. `$disconnect` is best effort on AWS too, and what it would have removed answers 410 later.
 */
export const farewell = async (
  connections: readonly Connection[],
  pending: readonly Promise<void>[],
  disconnects: readonly (() => Promise<void>)[],
): Promise<void> => {
  let expired = false;
  const queue = [...disconnects].reverse();
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next && !expired; next = queue.pop()) await next();
  };
  const workers = Array.from({ length: concurrency }, work);
  const closed = connections.map((connection) => connection.closed());
  // A stop must end in real time, also where the gateway's clock stands still.
  let deadline: ReturnType<typeof setTimeout> | undefined;
  await Promise.race([
    Promise.all([...workers, ...pending, ...closed]),
    new Promise((resolve) => {
      deadline = setTimeout(resolve, farewellMs);
    }),
  ]);
  clearTimeout(deadline);
  expired = true;
  for (const connection of connections) connection.cut();
};
