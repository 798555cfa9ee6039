import { bare } from './contenders/bare.ts';
import type { Contender, Running } from './contenders/contender.ts';
import { gateway } from './contenders/gateway.ts';
import { serverlessOffline } from './contenders/serverless-offline.ts';
import { type Load, load, median } from './load.ts';
import { residentMegabytes } from './memory.ts';
import { type Gate, gate } from './report.ts';

const rest = gateway('gavel, REST API', 'Rest');
const http = gateway('gavel, HTTP API', 'Http');
export const contenders: readonly Contender[] = [rest, http, bare, serverlessOffline];

export type Throughput = {
  readonly contender: string;
  readonly connections: number;
  readonly load: Load;
  /** After the load; null where the system does not tell. */
  readonly megabytes: number | null;
  readonly readyMs: number;
};

export type Effort = { readonly rounds: number; readonly seconds: number; readonly warmUpSeconds: number };

/**
 * Runs the rounds of all contenders in turn, so that what else the machine does falls on all of them. Only one server
 * has load at a time.
 */
export const measureThroughput = async (
  asked: readonly Contender[],
  connectionCounts: readonly number[],
  { rounds, seconds, warmUpSeconds }: Effort,
  say: (text: string) => void,
): Promise<readonly Throughput[]> => {
  const running: { readonly contender: Contender; readonly server: Running }[] = [];
  try {
    for (const contender of asked) {
      say(`starting ${contender.name}`);
      const server = await contender.start();
      running.push({ contender, server });
    }
    const results: Throughput[] = [];
    for (const connections of connectionCounts) {
      // Some answer many at once by starting many workers: they get the time for it before it counts.
      for (const { server } of running) await load(server.url, connections, warmUpSeconds);
      const loads = running.map((): Load[] => []);
      for (let round = 1; round <= rounds; round++) {
        for (const [index, { contender, server }] of running.entries()) {
          const result = await load(server.url, connections, seconds);
          loads[index]!.push(result);
          say(
            `${contender.name}, ${connections} connections, round ${round}: ${result.requestsPerSecond.toFixed(0)}/s`,
          );
        }
      }
      for (const [index, { contender, server }] of running.entries()) {
        results.push({
          contender: contender.name,
          connections,
          load: median(loads[index]!),
          megabytes: residentMegabytes(server.pid),
          readyMs: server.readyMs,
        });
      }
    }
    return results;
  } finally {
    for (const { server } of running.reverse()) await server.stop();
  }
};

/** What issue 2 asks of the way through the gateway, against those that were measured with it. */
export const throughputGates = (results: readonly Throughput[]): readonly Gate[] =>
  [...new Set(results.map(({ connections }) => connections))].flatMap((connections) => {
    const of = ({ name }: Contender): Load | undefined =>
      results.find((result) => result.contender === name && result.connections === connections)?.load;
    const [own, floor, offline] = [of(rest), of(bare), of(serverlessOffline)];
    const gates: Gate[] = [];
    if (own && floor) {
      const ratio = own.requestsPerSecond / floor.requestsPerSecond;
      gates.push(
        gate(`requests/s against bare node:http, ${connections} connections`, ratio, 'at least', 0.5, 'times'),
      );
    }
    if (own && offline) {
      const ratio = own.requestsPerSecond / offline.requestsPerSecond;
      gates.push(
        gate(`requests/s against serverless-offline, ${connections} connections`, ratio, 'at least', 5, 'times'),
      );
      const tail = own.p99 / offline.p99;
      gates.push(gate(`p99 against serverless-offline, ${connections} connections`, tail, 'at most', 0.5, 'times'));
    }
    for (const [name, measured] of [
      ['gavel', own],
      ['bare node:http', floor],
    ] as const) {
      if (measured)
        gates.push(gate(`failed requests of ${name}, ${connections} connections`, measured.failures, 'at most', 0, ''));
    }
    return gates;
  });
