import { readSources } from '../gateway.ts';
import type { GatewayOptions } from '../gateway-options.ts';
import { GavelError, type Problem } from '../problem.ts';

/** `--strict`: what is not honoured refuses the start, each with its place. */
export const refuseUnlessHonoured = (options: GatewayOptions): void => {
  const { application, support } = readSources(options);
  const refused = support.filter((line) => line.level === 'not honoured');
  const problems: Problem[] = [
    ...refused.map((line) => ({
      what: `${line.logicalId ? `${line.logicalId} (${line.resourceType}): ` : ''}${line.property || 'the resource'} is not honoured: ${line.note}`,
      place: line.place,
      remedy: '',
    })),
    ...application.functions
      .filter((fn) => fn.unsupported !== null && !refused.some(({ logicalId }) => logicalId === fn.logicalId))
      .map((fn) => ({ what: `${fn.logicalId} cannot run here: ${fn.unsupported}`, place: fn.place, remedy: '' })),
  ];
  if (problems.length === 0) return;
  throw new GavelError(...problems, {
    what: `--strict: ${problems.length} ${problems.length === 1 ? 'thing is' : 'things are'} not honoured`,
    place: null,
    remedy: 'Without --strict the gateway starts, and what cannot run answers 501.',
  });
};
