import { readFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { startGateway } from '../gateway.ts';
import { createObserver } from '../observe/observer.ts';
import type { Command } from './command.ts';
import { gatewayFlags, gatewayFlagsHelp, gatewayOptions, parseFlags } from './gateway-flags.ts';
import { lineWriter } from './line-writer.ts';
import { logTo } from './log-to.ts';
import { paintFor } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const help = `usage: gavel invoke FUNCTION [-e EVENT.json] [options]

Calls one function by its logical id (or name, with an alias or version after a colon) and prints what it returns.
The event comes from a file, or from standard input with -e -; without -e it is {}. Exits with 1 when the function fails.
Tables are those of 'gavel start', so stop it first, or give another --data-dir.

  -e, --event FILE           the event as JSON
${gatewayFlagsHelp}`;

const flags = { ...gatewayFlags, event: { type: 'string', short: 'e' } } as const;

export const command: Command = {
  help,
  async run(words) {
    const { values, positionals } = parseFlags(words, flags);
    const [name, ...more] = positionals;
    if (name === undefined || more.length > 0) throw new UsageError('invoke wants one function. See --help.');
    const event = await readEvent(values.event);
    const observer = createObserver();
    observer.subscribe(logTo(lineWriter(process.stderr), paintFor(process.stderr)));
    const gateway = await startGateway({ ...gatewayOptions(values, 0), persist: true, alone: true, observer });
    try {
      const result = await gateway.invoke(name, event);
      if (result.kind === 'answered') {
        process.stdout.write(`${result.payload}\n`);
        return result.functionError ? 1 : 0;
      }
      const known = gateway.application().functions.map((fn) => fn.logicalId);
      const hint = result.kind === 'not-found' ? `. The template has ${known.join(', ') || 'no functions'}.` : '';
      process.stderr.write(`gavel: ${result.reason}${hint}\n`);
      return 1;
    } finally {
      await gateway.stop();
    }
  },
};

const readEvent = async (file: string | undefined): Promise<unknown> => {
  if (file === undefined) return {};
  let text: string;
  try {
    text = file === '-' ? await readStream(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read the event: ${(error as Error).message}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${file === '-' ? 'standard input' : file} is not JSON: ${(error as Error).message}`);
  }
};
