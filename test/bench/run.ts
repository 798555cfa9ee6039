/**
 * `npm run bench [-- --quick] [--without-serverless-offline]`: prints the tables of docs/performance.md. Everything
 * listens on loopback and shares the machine with the load generator, so read ratios rather than rates.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { serverlessOffline } from './contenders/serverless-offline.ts';
import { measureFunctions } from './functions.ts';
import { measureJson } from './paths-and-schemas.ts';
import { measureReading, readingGates } from './reading.ts';
import { measureReloads, p95, reloadGates } from './reload.ts';
import { gateTable, holds, table } from './report.ts';
import { measureStartup, startupGates } from './startup.ts';
import { contenders, measureThroughput, throughputGates } from './throughput.ts';
import { measureVtl, vtlGates } from './vtl.ts';

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

const readings = measureReading(values.quick ? 3 : 7, say);
const startups = await measureStartup(values.quick ? 3 : 7, say);
const reloads = await measureReloads(values.quick ? 5 : 20, say);
const functions = await measureFunctions(values.quick ? { rounds: 1, seconds: 1 } : { rounds: 5, seconds: 2 }, say);
const json = measureJson(values.quick ? { rounds: 1, seconds: 0.2 } : { rounds: 3, seconds: 1 }, say);
const vtl = await measureVtl(values.quick ? 1 : 5, values.quick ? 200 : 500);
const throughputs = await measureThroughput(asked, [10, 100], effort, say);
const gates = [
  ...throughputGates(throughputs),
  ...startupGates(startups),
  ...readingGates(readings),
  ...reloadGates(reloads),
  ...functions.gates,
  ...json.gates,
  ...vtlGates(vtl),
];

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
process.stdout.write(
  `${table(
    ['reading', 'ms (median)', 'slowest ms'],
    readings.map(({ what, ms }) => [what, whole(ms[Math.floor(ms.length / 2)]!), whole(ms.at(-1)!)]),
  )}\n\n`,
);
process.stdout.write(
  `${table(
    ['from the write to the first new answer', 'ms (median)', 'p95 ms'],
    reloads.map(({ what, ms }) => [what, whole(ms[Math.floor(ms.length / 2)]!), whole(p95(ms))]),
  )}\n\n`,
);
process.stdout.write(
  `${table(
    ['functions by themselves', 'measured'],
    functions.rows.map(({ what, value }) => [what, value]),
  )}\n\n`,
);
process.stdout.write(
  `${table(
    ['mapping by itself', 'measured'],
    [
      ...json.rows.map(({ what, value }) => [what, value]),
      ['the passthrough template rendered', `${whole(vtl.ours)}/s, by velocityjs ${whole(vtl.velocityjs)}/s`],
    ],
  )}\n\n`,
);
process.stdout.write(`${gateTable(gates)}\n`);
process.exitCode = gates.every(holds) ? 0 : 1;
