import type { BidAccepted } from './lot.ts';

/** Who hears of a lot, and how to reach them. */
export type Audience = {
  /** Ids of the connections that watch the lot now. */
  watchers(lotId: string): Promise<readonly string[]>;
  /** `gone`: the connection no longer exists. Anything else that fails throws. */
  post(connectionId: string, event: BidAccepted): Promise<'sent' | 'gone'>;
  forget(connectionId: string): Promise<void>;
};

/**
 * Sends events to the watchers of their lots: many connections at a time, but one message at a time to each, because
 * posts to one connection may overtake each other. Returns the events that not every watcher got, to be tried again.
 */
export const broadcast = async (
  events: readonly BidAccepted[],
  audience: Audience,
  concurrency: number,
): Promise<{ readonly failed: readonly BidAccepted[]; readonly errors: readonly unknown[] }> => {
  const failed = new Set<BidAccepted>();
  const errors: unknown[] = [];
  const fail = (lost: readonly BidAccepted[], error: unknown) => {
    for (const event of lost) failed.add(event);
    errors.push(error);
  };

  const messages = new Map<string, BidAccepted[]>();
  const byLot = Map.groupBy(events, (event) => event.lotId);
  await Promise.all(
    byLot.entries().map(async ([lotId, ofLot]) => {
      try {
        for (const connectionId of await audience.watchers(lotId)) {
          const queue = messages.get(connectionId);
          if (queue) queue.push(...ofLot);
          else messages.set(connectionId, [...ofLot]);
        }
      } catch (error) {
        fail(ofLot, error);
      }
    }),
  );

  const deliver = async (connectionId: string, queue: readonly BidAccepted[]): Promise<void> => {
    for (const [index, event] of queue.entries()) {
      try {
        if ((await audience.post(connectionId, event)) === 'gone') return await audience.forget(connectionId);
      } catch (error) {
        // What follows stays back too: a watcher must not see a later price before this one.
        return fail(queue.slice(index), error);
      }
    }
  };
  const work = messages.entries();
  const worker = async () => {
    for (const [connectionId, queue] of work) await deliver(connectionId, queue);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, messages.size) }, worker));
  return { failed: events.filter((event) => failed.has(event)), errors };
};
