import { systemClock } from '#gateway/clock.ts';
import { EventInvocations } from '#gateway/lambda/event-invocations/event-invocations.ts';
import { journalInMemory } from '#gateway/lambda/event-invocations/journal.ts';
import { startBareHost } from './functions/bare-host.ts';
import { type BenchRuntime, startRuntime } from './functions/runtime.ts';
import { residentMegabytes } from './memory.ts';
import { type Gate, gate } from './report.ts';

export type FunctionFigures = {
  /** What the ratios are of. */
  readonly rows: readonly { readonly what: string; readonly value: string }[];
  readonly gates: readonly Gate[];
};

/** Two kilobytes, as an event of API Gateway has. */
const payload = JSON.stringify({ lot: { id: 'demo-12' }, filler: 'x'.repeat(2_000) });

/** What functions cost by themselves, with no API before them. */
export const measureFunctions = async (
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
  say: (text: string) => void,
): Promise<FunctionFigures> => {
  const gavel = await startRuntime();
  try {
    const trips = [];
    for (const inFlight of [1, 10]) trips.push(await roundTrips(gavel, inFlight, rounds, seconds, say));
    const small = await megabytesEach('sleeper', say);
    const large = await megabytesEach('client', say);
    const order = await eventsInOrder(gavel, say);
    return {
      rows: [
        ...trips.flatMap(({ inFlight, own, floor }) => [
          { what: `2 KB event, host and worker included, ${inFlight} in flight`, value: `${own.toFixed(0)}/s` },
          {
            what: `the same in a bare child process with a worker, ${inFlight} in flight`,
            value: `${floor.toFixed(0)}/s`,
          },
        ]),
        { what: 'an idle environment', value: small === null ? '?' : `${small.toFixed(1)} MB` },
        { what: 'an idle environment with an AWS SDK client', value: large === null ? '?' : `${large.toFixed(1)} MB` },
        { what: 'a thousand asynchronous events, one at a time', value: `${order.ms.toFixed(0)} ms` },
      ],
      gates: [
        ...trips.map(({ inFlight, ratio }) =>
          gate(`a 2 KB event against a bare child process, ${inFlight} in flight`, ratio, 'at least', 0.8, 'times'),
        ),
        ...(small === null ? [] : [gate('memory of an idle environment', small, 'at most', 20, 'MB')]),
        gate('asynchronous events out of order, of a thousand', order.misplaced, 'at most', 0, ''),
      ],
    };
  } finally {
    await gavel.stop();
  }
};

/** Rounds that take turns, so that what else the machine does falls on both; the middle one of each, and of the ratios. */
const roundTrips = async (
  gavel: BenchRuntime,
  inFlight: number,
  rounds: number,
  seconds: number,
  say: (text: string) => void,
) => {
  const bare = startBareHost();
  try {
    const own = (): Promise<string> => gavel.invoke('answer', payload);
    const floor = (): Promise<string> => bare.invoke(payload);
    await rateOf(own, inFlight, seconds / 2);
    await rateOf(floor, inFlight, seconds / 2);
    const rates: { readonly own: number; readonly floor: number; readonly ratio: number }[] = [];
    for (let round = 1; round <= rounds; round++) {
      const rate = { own: await rateOf(own, inFlight, seconds), floor: await rateOf(floor, inFlight, seconds) };
      rates.push({ ...rate, ratio: rate.own / rate.floor });
      say(
        `2 KB events, ${inFlight} in flight, round ${round}: ${rate.own.toFixed(0)}/s, bare ${rate.floor.toFixed(0)}/s`,
      );
    }
    const middle = (of: 'own' | 'floor' | 'ratio'): number =>
      rates.map((rate) => rate[of]).sort((a, b) => a - b)[Math.floor(rates.length / 2)]!;
    return { inFlight, own: middle('own'), floor: middle('floor'), ratio: middle('ratio') };
  } finally {
    bare.stop();
  }
};

const rateOf = async (invoke: () => Promise<string>, inFlight: number, seconds: number): Promise<number> => {
  const began = performance.now();
  const end = began + seconds * 1000;
  let count = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < end) {
      await invoke();
      count++;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, caller));
  return (count / (performance.now() - began)) * 1000;
};

/** What a fresh host grows by for each of many environments, once they rest; a bare worker of Node takes about 15 MB. */
const megabytesEach = async (name: string, say: (text: string) => void): Promise<number | null> => {
  const gavel = await startRuntime();
  try {
    const host = Number(await gavel.invoke(name, '{"ms":0}'));
    const before = residentMegabytes(host);
    await Promise.all(Array.from({ length: 21 }, () => gavel.invoke(name, '{"ms":3000}')));
    const after = residentMegabytes(host);
    const { environments } = gavel.runtime.status().find((status) => status.function === name)!;
    say(`${environments} environments of ${name}: the host went from ${before?.toFixed(0)} to ${after?.toFixed(0)} MB`);
    return before === null || after === null ? null : (after - before) / (environments - 1);
  } finally {
    await gavel.stop();
  }
};

const eventsInOrder = async (gavel: BenchRuntime, say: (text: string) => void) => {
  const events = new EventInvocations({
    lambda: gavel.runtime,
    clock: systemClock,
    journal: journalInMemory(),
    destinations: [],
    find: (name) => gavel.runtime.control.known(name),
    notice: (_, text) => say(text),
  });
  const began = performance.now();
  const reference = { name: 'order', qualifier: null };
  for (let n = 0; n < 1000; n++) await events.accept({ function: reference, payload: JSON.stringify({ n }) });
  await events.idle();
  const ms = performance.now() - began;
  await events.stop();
  const seen: number[] = JSON.parse(await gavel.invoke('order', '{"tell":true}'));
  const misplaced = Array.from({ length: 1000 }, (_, n) => n).filter((n) => seen[n] !== n).length;
  say(`a thousand asynchronous events: ${ms.toFixed(0)} ms, ${misplaced} out of place`);
  return { ms, misplaced };
};
