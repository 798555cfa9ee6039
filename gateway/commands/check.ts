import { readSources } from '../gateway.ts';
import { whyNoRuntime } from '../lambda/runtime-api/runtime-commands.ts';
import type { Application } from '../model/application.ts';
import type { SupportLine } from '../template/support.ts';
import { countsText, supportLinesText, supportText } from './check-text.ts';
import type { Command } from './command.ts';
import { gatewayOptions, parseFlags, templateFlags, templateFlagsHelp } from './gateway-flags.ts';
import { paintFor, table } from './terminal.ts';
import { thinPhases } from './thin-phases.ts';
import { UsageError } from './usage-error.ts';

const help = `usage: gavel check [options]

Lists every resource and property of a template as honoured, honoured differently (how) or not honoured, and the
phases of a request that do not do all yet. Starts nothing.

${templateFlagsHelp}  --resource ID              that resource alone
  --strict                   exit with 1 when something is not honoured
  --json                     the same as JSON: {
                               "support": [{ "logicalId", "resourceType", "property", "level", "note", "place" }],
                               "functions": [{ "logicalId", "reason", "place" }], which cannot run here,
                               "phases": [{ "kind", "phase", "missing" }],
                               "counts": { "honoured", "differently", "notHonoured" } }
                             level is honoured, differently or not honoured; property is a dotted path, empty for a
                             resource itself; logicalId is empty for what belongs to no resource; place is
                             { "file", "line", "column" }

exit code: 0; 1 for a template that cannot be read, and with --strict for something not honoured; 2 for wrong usage
`;

const flags = {
  ...templateFlags,
  resource: { type: 'string' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export const command: Command = {
  help,
  async run(words) {
    const { values, positionals } = parseFlags(words, flags);
    if (positionals.length > 0) throw new UsageError(`check takes no '${positionals[0]}'`);
    const options = gatewayOptions(values, 0);
    const { application, support: all } = readSources(options);
    const { resource } = values;
    if (resource !== undefined && !all.some(({ logicalId }) => logicalId === resource))
      throw new UsageError(`the template has no resource '${resource}'`);
    const isAsked = ({ logicalId }: { logicalId: string }): boolean => resource === undefined || logicalId === resource;
    const support = all.filter(isAsked);
    const unsupported = application.functions
      .map((fn) => ({ ...fn, unsupported: fn.unsupported ?? whyNoRuntime(fn, options.runtimes ?? {}) }))
      .filter((fn) => fn.unsupported !== null && isAsked(fn));
    const thin = resource === undefined ? thinPhases(new Set(application.apis.map((api) => api.kind))) : [];
    const counts = countsOf(support, unsupported);
    if (values.json) {
      const functions = unsupported.map(({ logicalId, unsupported: reason, place }) => ({ logicalId, reason, place }));
      process.stdout.write(`${JSON.stringify({ support, functions, phases: thin, counts }, null, 2)}\n`);
    } else {
      const paint = paintFor(process.stdout);
      process.stdout.write(
        [
          // Whoever looks for a word in a pipe wants it beside its place.
          process.stdout.isTTY ? supportText(support, paint, process.stdout.columns) : supportLinesText(support, paint),
          unsupported.length > 0 ? `\n${paint.bold('Functions that cannot run here')} (they answer 501)\n` : '',
          table(unsupported.map((fn) => [fn.logicalId, fn.unsupported ?? ''])),
          thin.length > 0 ? `\n${paint.bold('Phases that do not do all yet')}\n` : '',
          table(thin.map((phase) => [phase.kind, phase.phase, paint.dim(phase.missing)])),
          `\n${countsText(counts)}\n`,
        ].join(''),
      );
    }
    return values.strict && counts.notHonoured > 0 ? 1 : 0;
  },
};

/** A function that cannot run counts once, whether or not a property of it says why. */
const countsOf = (support: readonly SupportLine[], unsupported: Application['functions']) => {
  const of = (level: SupportLine['level']): readonly SupportLine[] => support.filter((line) => line.level === level);
  const refused = of('not honoured');
  const silent = unsupported.filter((fn) => !refused.some(({ logicalId }) => logicalId === fn.logicalId));
  return {
    honoured: of('honoured').length,
    differently: of('differently').length,
    notHonoured: refused.length + silent.length,
  };
};
