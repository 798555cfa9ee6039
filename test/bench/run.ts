/**
 * `npm run bench [-- --quick] [--without-serverless-offline]`: prints the tables of docs/performance.md. Everything
 * listens on loopback and shares the machine with the load generator, so read ratios rather than rates.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { serverlessOffline } from './contenders/serverless-offline.ts';
import { gateTable, holds, table } from './report.ts';
import { measureStartup, startupGates } from './startup.ts';
import { contenders, measureThroughput, throughputGates } from './throughput.ts';

const { values } = parseArgs({
  options: {
    /** One short round: enough to see that nothing broke. */
    quick: { type: 'boolean', default: false },
    /** Spares the half minute that its installation takes. */
    'without-serverless-offline': { type: 'boolean', default: false },
  },
});
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const whole = (value: number | null): string => (value === null ? '?' : value.toFixed(0));

const effort = values.quick
  ? { rounds: 1, seconds: 2, warmUpSeconds: 2 }
  : { rounds: 3, seconds: 5, warmUpSeconds: 10 };
const asked = contenders.filter((each) => !(values['without-serverless-offline'] && each === serverlessOffline));

const startups = await measureStartup(values.quick ? 3 : 7, say);
const throughputs = await measureThroughput(asked, [10, 100], effort, say);
const gates = [...throughputGates(throughputs), ...startupGates(startups)];

process.stdout.write(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${process.platform}\n\n`);
process.stdout.write(
  `${table(
    ['Lambda proxy, GET /hello', 'connections', 'requests/s', 'p50 ms', 'p99 ms', 'MB'],
    throughputs.map(({ contender, connections, load, megabytes }) => [
      contender,
      `${connections}`,
      whole(load.requestsPerSecond),
      load.p50.toFixed(2),
      load.p99.toFixed(2),
      whole(megabytes),
    ]),
  )}\n\n`,
);
process.stdout.write(
  `${table(
    ['gavel start', 'ready ms (median)', 'slowest ms', 'MB'],
    startups.map(({ what, readyMs, megabytes }) => [
      what,
      whole(readyMs[Math.floor(readyMs.length / 2)]!),
      whole(readyMs.at(-1)!),
      whole(megabytes),
    ]),
  )}\n\n`,
);
process.stdout.write(`${gateTable(gates)}\n`);
process.exitCode = gates.every(holds) ? 0 : 1;
