import type { FunctionAlias, LambdaFunction } from '../model/lambda-function.ts';

/** What an invocation's qualifier names: one version, or several by weight. */
export type InvocationTarget = {
  /** With the qualifier, as `context.invokedFunctionArn` shows it. */
  readonly arn: string;
  /** The version for a draw between 0 and 1. */
  version(draw: () => number): string;
};

export const latest = '$LATEST';

/** Every qualifier of a function, prepared once; null stands for none. */
export const targetsOf = (fn: LambdaFunction): ReadonlyMap<string | null, InvocationTarget> => {
  const targets = new Map<string | null, InvocationTarget>();
  const add = (qualifier: string, version: InvocationTarget['version']): void => {
    targets.set(qualifier, { arn: `${fn.arn}:${qualifier}`, version });
  };
  targets.set(null, { arn: fn.arn, version: () => latest });
  add(latest, () => latest);
  for (const { version } of fn.versions) add(version, () => version);
  for (const alias of fn.aliases) add(alias.name, aliasVersion(alias));
  return targets;
};

const aliasVersion = ({ version, routing }: FunctionAlias): InvocationTarget['version'] => {
  const weighted = Object.entries(routing);
  if (weighted.length === 0) return () => version;
  return (draw) => {
    let left = draw();
    for (const [other, weight] of weighted) {
      left -= weight;
      if (left < 0) return other;
    }
    return version;
  };
};

/** The versions that a control plane has pinned: an alias that no longer follows `$LATEST` holds them still, but not `$LATEST`. */
export const pinnedVersions = (fn: LambdaFunction): ReadonlySet<string> =>
  new Set(
    fn.aliases
      .filter((alias) => !alias.followsLatest)
      .flatMap((alias) => [alias.version, ...Object.keys(alias.routing)])
      .filter((version) => version !== latest),
  );
