import type { FunctionPins, PinnedAlias } from './function-pins.ts';

/** What ends a pin. */
export const remedy = 'it stays so over reloads and restarts until `gavel unpin`.';

export const isPinned = (pins: FunctionPins): boolean =>
  Object.keys(pins.aliases).length > 0 ||
  pins.reservedConcurrency !== undefined ||
  Object.keys(pins.provisionedConcurrency).length > 0;

export const pinsText = ({ aliases, reservedConcurrency, provisionedConcurrency }: FunctionPins): string =>
  [
    ...Object.entries(aliases).map(([name, alias]) => aliasText(name, alias)),
    ...(reservedConcurrency === undefined ? [] : [`its reserved concurrency is ${reservedConcurrency ?? 'none'}`]),
    ...Object.entries(provisionedConcurrency).map(
      ([qualifier, count]) => `${qualifier} keeps ${count} environments ready`,
    ),
  ].join(', ');

export const aliasText = (name: string, alias: PinnedAlias | null): string => {
  if (!alias) return `alias ${name} is deleted`;
  const weights = Object.entries(alias.routing).map(([version, weight]) => ` and ${weight * 100} % to ${version}`);
  return `alias ${name} is frozen at version ${alias.version}${weights.join('')}`;
};
