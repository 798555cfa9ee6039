import { startGateway } from '../gateway.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import { createObserver } from '../observe/observer.ts';
import { notHonouredText } from './check-text.ts';
import type { Command } from './command.ts';
import { gatewayFlags, gatewayFlagsHelp, gatewayOptions, parseFlags } from './gateway-flags.ts';
import { lineWriter } from './line-writer.ts';
import { logTo } from './log-to.ts';
import { readyText } from './ready-text.ts';
import { leaveUnread, stopSignal } from './stop-signal.ts';
import { refuseUnlessHonoured } from './strict.ts';
import { paintFor } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const help = `usage: gavel start [options]

Serves every API of a template on ports of its own, with its functions and tables, until Ctrl+C.

${gatewayFlagsHelp}  --no-watch                 do not reload when a source changes
  --strict                   refuse to start when something of the template is not honoured
  --json                     print one line of JSON when all is ready; what is not honoured, and logs, on the error stream
`;

const flags = {
  ...gatewayFlags,
  'no-watch': { type: 'boolean' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(words) {
    const began = performance.now();
    const { values, positionals } = parseFlags(words, flags);
    // SAM CLI lets several overrides follow one flag without quotes.
    const overrides = [...(values['parameter-overrides'] ?? []), ...positionals];
    if (positionals.some((word) => !word.includes('=') && !word.startsWith('file://')))
      throw new UsageError(`start takes no '${positionals[0]}'`);
    const options: GatewayOptions = {
      ...gatewayOptions({ ...values, 'parameter-overrides': overrides }, 4500),
      persist: true,
      watch: values['no-watch'] !== true,
      observer: createObserver(),
    };
    const stream = values.json ? process.stderr : process.stdout;
    const out = lineWriter(stream);
    const paint = paintFor(stream);
    options.observer?.subscribe(logTo(out, paint));
    if (values.strict) refuseUnlessHonoured(options);

    const asked = stopSignal();
    const gateway = await startGateway(options);
    void asked.then(() => gateway.stop());
    if (values.json) {
      out.write(notHonouredText(gateway.support(), paint));
      process.stdout.write(`${JSON.stringify(gateway.readiness)}\n`);
    } else out.write(readyText(gateway, performance.now() - began, paint));
    await gateway.stopped;
    leaveUnread();
    return 0;
  },
};
