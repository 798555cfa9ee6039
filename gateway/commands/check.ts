import { readSources } from '../gateway.ts';
import { supportTable } from './check-text.ts';
import type { Command } from './command.ts';
import { gatewayFlags, gatewayFlagsHelp, gatewayOptions, parseFlags } from './gateway-flags.ts';
import { paintFor, table } from './terminal.ts';
import { thinPhases } from './thin-phases.ts';

const help = `usage: gavel check [options]

Lists every resource and property of a template as honoured, honoured differently (how) or not honoured, and the
phases of a request that do not do all yet. Starts nothing.

${gatewayFlagsHelp}  --strict                   exit with 1 when something is not honoured
  --json                     the same as JSON
`;

const flags = { ...gatewayFlags, strict: { type: 'boolean' }, json: { type: 'boolean' } } as const;

export const command: Command = {
  help,
  async run(words) {
    const { values } = parseFlags(words, flags);
    const { application, support } = readSources(gatewayOptions(values, 0));
    const thin = thinPhases(new Set(application.apis.map((api) => api.kind)));
    const unsupported = application.functions.filter((fn) => fn.unsupported !== null);
    const missing = support.filter((line) => line.level === 'not honoured').length + unsupported.length;
    if (values.json) {
      const functions = unsupported.map(({ logicalId, unsupported: reason, place }) => ({ logicalId, reason, place }));
      process.stdout.write(`${JSON.stringify({ support, phases: thin, functions }, null, 2)}\n`);
    } else {
      const paint = paintFor(process.stdout);
      const count = (level: string): number => support.filter((line) => line.level === level).length;
      process.stdout.write(
        [
          supportTable(support, paint),
          unsupported.length > 0 ? `\n${paint.bold('Functions that cannot run here')} (they answer 501)\n` : '',
          table(unsupported.map((fn) => [fn.logicalId, fn.unsupported ?? ''])),
          thin.length > 0 ? `\n${paint.bold('Phases that do not do all yet')}\n` : '',
          table(thin.map((phase) => [phase.kind, phase.phase, paint.dim(phase.missing)])),
          `\n${count('honoured')} honoured, ${count('differently')} honoured differently, ${missing} not honoured\n`,
        ].join(''),
      );
    }
    return values.strict && missing > 0 ? 1 : 0;
  },
};
