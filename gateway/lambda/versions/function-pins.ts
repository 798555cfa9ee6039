import type { FunctionAlias, LambdaFunction } from '../../model/lambda-function.ts';
import type { VersionContent } from './version-content.ts';

/** A version whose content is kept: edits do not reach it. */
export type HeldVersion = {
  readonly content: VersionContent;
  readonly description: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** False for a version of the template that is held only because an alias was moved to it. */
  readonly published: boolean;
};

/** An alias as a control plane left it. */
export type PinnedAlias = {
  readonly version: string;
  readonly routing: Readonly<Record<string, number>>;
  readonly description: string;
};

/** What control planes have said about a function, over what its template says. It outlives reloads and restarts. */
export type FunctionPins = {
  readonly versions: Readonly<Record<string, HeldVersion>>;
  /** null: deleted. */
  readonly aliases: Readonly<Record<string, PinnedAlias | null>>;
  /** undefined: as the template says; null: none is reserved. */
  readonly reservedConcurrency?: number | null | undefined;
  /** By alias or version. */
  readonly provisionedConcurrency: Readonly<Record<string, number>>;
};

export const noPins: FunctionPins = { versions: {}, aliases: {}, provisionedConcurrency: {} };

/** The function as its template and its pins together have it. */
export const withPins = (fn: LambdaFunction, pins: FunctionPins): LambdaFunction => {
  const known = new Set(fn.versions.map(({ version }) => version));
  const published = Object.keys(pins.versions).filter((version) => !known.has(version));
  const pinned = Object.entries(pins.aliases).flatMap(([name, alias]) => (alias ? [pinnedAlias(fn, name, alias)] : []));
  return {
    ...fn,
    versions: [...fn.versions, ...published.map((version) => ({ version, logicalId: '' }))],
    aliases: [...fn.aliases.filter(({ name }) => !Object.hasOwn(pins.aliases, name)), ...pinned],
    reservedConcurrency: pins.reservedConcurrency === undefined ? fn.reservedConcurrency : pins.reservedConcurrency,
  };
};

const pinnedAlias = (fn: LambdaFunction, name: string, { version, routing }: PinnedAlias): FunctionAlias => {
  const written = fn.aliases.find((alias) => alias.name === name);
  return {
    name,
    logicalId: written?.logicalId ?? '',
    version,
    routing,
    provisionedConcurrency: written?.provisionedConcurrency ?? 0,
    followsLatest: false,
  };
};

/** What the template alone would say of the aliases and limits again; versions that were published stay. */
export const unpinned = (pins: FunctionPins): FunctionPins => ({
  ...noPins,
  versions: Object.fromEntries(Object.entries(pins.versions).filter(([, { published }]) => published)),
});

/** How many environments each version keeps ready. An alias that weighs shares its own out by weight. */
export const provisionedByVersion = (fn: LambdaFunction, pins: FunctionPins): ReadonlyMap<string, number> => {
  const wanted = new Map<string, number>();
  const add = (version: string, count: number): void => {
    if (count > 0) wanted.set(version, (wanted.get(version) ?? 0) + count);
  };
  for (const { version, provisionedConcurrency = 0 } of fn.versions) {
    add(version, pins.provisionedConcurrency[version] ?? provisionedConcurrency);
  }
  for (const { name, version, routing, provisionedConcurrency } of fn.aliases) {
    const all = pins.provisionedConcurrency[name] ?? provisionedConcurrency;
    let left = all;
    for (const [other, weight] of Object.entries(routing)) {
      const share = Math.min(left, Math.round(all * weight));
      add(other, share);
      left -= share;
    }
    add(version, left);
  }
  return wanted;
};
