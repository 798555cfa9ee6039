import path from 'node:path';
import { startGavel } from './contenders/gateway.ts';
import { residentMegabytes } from './memory.ts';
import { type Gate, gate } from './report.ts';

const root = path.dirname(path.dirname(import.meta.dirname));

export type Startup = {
  readonly what: string;
  /** From the start of the process to the line that says ready; by rounds, ascending. */
  readonly readyMs: readonly number[];
  /** Of all its processes after some requests; null where the system does not tell. */
  readonly megabytes: number | null;
  readonly limitMs: number;
};

type Subject = {
  readonly what: string;
  readonly template: string;
  readonly flags: readonly string[];
  readonly limitMs: number;
  readonly api: string;
  readonly path: string;
};

export const application = 'the application, with the embedded DynamoDB';

const subjects: readonly Subject[] = [
  {
    what: 'a template with a single MOCK route',
    template: path.join(import.meta.dirname, 'application/mock.yaml'),
    flags: [],
    limitMs: 300,
    api: 'Status',
    path: '/status',
  },
  {
    what: application,
    template: path.join(root, 'template.yaml'),
    flags: ['--config-env', 'dev'],
    limitMs: 1500,
    api: 'Market',
    path: '/lots',
  },
];

const requests = 200;

export const measureStartup = async (rounds: number, say: (text: string) => void): Promise<readonly Startup[]> => {
  const results: Startup[] = [];
  for (const { what, template, flags, limitMs, api, path: route } of subjects) {
    const readyMs: number[] = [];
    let megabytes: number | null = null;
    for (let round = 1; round <= rounds; round++) {
      const gavel = await startGavel(template, ...flags);
      try {
        readyMs.push(gavel.readyMs);
        say(`${what}: ready after ${gavel.readyMs.toFixed(0)} ms`);
        if (round < rounds) continue;
        for (let count = 0; count < requests; count++) {
          const response = await fetch(`${gavel.url(api)}${route}`);
          await response.arrayBuffer();
          if (!response.ok) throw new Error(`${route} answered ${response.status}`);
        }
        megabytes = residentMegabytes(gavel.pid);
      } finally {
        await gavel.stop();
      }
    }
    results.push({ what, readyMs: readyMs.toSorted((one, other) => one - other), megabytes, limitMs });
  }
  return results;
};

export const startupGates = (results: readonly Startup[]): readonly Gate[] =>
  results.flatMap(({ what, readyMs, megabytes, limitMs }) => [
    gate(`ready: ${what}`, readyMs[Math.floor(readyMs.length / 2)]!, 'at most', limitMs, 'ms'),
    ...(what === application && megabytes !== null
      ? [gate(`memory of all processes: ${what}`, megabytes, 'at most', 250, 'MB')]
      : []),
  ]);
