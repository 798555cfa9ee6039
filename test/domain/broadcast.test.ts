import fc from 'fast-check';
import { expect, test } from 'vitest';
import { broadcast } from '#domain/broadcast.ts';
import type { BidAccepted } from '#domain/lot.ts';

const event = (lotId: string, version: number): BidAccepted => ({
  type: 'bid-accepted',
  lotId,
  bid: { bidId: `${lotId}-${version}`, bidder: 'ada', amountCents: 1_000 + version, version, at: version },
});

const fate = fc.constantFrom('well', 'well', 'well', 'gone', 'fails' as const);

test('whatever fails, every watcher gets its messages in order, one at a time, or the events are reported', async () => {
  const situation = fc.record({
    lots: fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 12 }),
    watchers: fc.array(fc.record({ watches: fc.subarray(['a', 'b', 'c']), fate, at: fc.nat(6) }), { maxLength: 12 }),
    unreadable: fc.option(fc.constantFrom('a', 'b', 'c')),
    concurrency: fc.integer({ min: 1, max: 5 }),
    scheduler: fc.scheduler(),
  });
  await fc.assert(
    fc.asyncProperty(situation, async ({ lots, watchers, unreadable, concurrency, scheduler }) => {
      const versions = new Map<string, number>();
      const events = lots.map((lot) => {
        versions.set(lot, (versions.get(lot) ?? 0) + 1);
        return event(lot, versions.get(lot)!);
      });
      const got = watchers.map((): BidAccepted[] => []);
      const posts = watchers.map(() => 0);
      const forgotten: number[] = [];
      const inFlight = new Set<number>();
      let most = 0;

      const sending = broadcast(
        events,
        {
          watchers: async (lotId) => {
            await scheduler.schedule(Promise.resolve());
            if (lotId === unreadable) throw new Error('throttled');
            return watchers.flatMap((watcher, index) => (watcher.watches.includes(lotId) ? [String(index)] : []));
          },
          post: async (connectionId, message) => {
            const index = Number(connectionId);
            expect(inFlight.has(index)).toBe(false);
            inFlight.add(index);
            most = Math.max(most, inFlight.size);
            await scheduler.schedule(Promise.resolve());
            inFlight.delete(index);
            const { fate, at } = watchers[index]!;
            const turn = posts[index]!++;
            if (turn === at && fate === 'gone') return 'gone';
            if (turn === at && fate === 'fails') throw new Error('429');
            got[index]!.push(message);
            return 'sent';
          },
          forget: async (connectionId) => void forgotten.push(Number(connectionId)),
        },
        concurrency,
      );
      const { failed, errors } = await scheduler.waitFor(sending);

      expect(most).toBeLessThanOrEqual(concurrency);
      const expectedFailures = new Set(events.filter((each) => each.lotId === unreadable));
      const expectedForgotten: number[] = [];
      for (const [index, { watches, fate, at }] of watchers.entries()) {
        const heard = watches.filter((lot) => lot !== unreadable);
        const due = events.filter((each) => heard.includes(each.lotId));
        const byLot = (list: readonly BidAccepted[]) => heard.map((lot) => list.filter((each) => each.lotId === lot));
        const stops = fate !== 'well' && at < due.length;
        if (!stops) expect(byLot(got[index]!)).toEqual(byLot(due));
        else expect(got[index]).toHaveLength(at);
        for (const ofLot of byLot(got[index]!)) {
          expect(ofLot.map((each) => each.bid.version)).toEqual(ofLot.map((_, position) => position + 1));
        }
        if (stops && fate === 'gone') expectedForgotten.push(index);
        if (stops && fate === 'fails')
          for (const each of due) if (!got[index]!.includes(each)) expectedFailures.add(each);
      }
      expect(forgotten.sort()).toEqual(expectedForgotten.sort());
      expect(failed).toEqual(events.filter((each) => expectedFailures.has(each)));
      expect(errors.length > 0).toBe(failed.length > 0 || (unreadable !== null && lots.includes(unreadable)));
    }),
    { numRuns: 200 },
  );
});
