import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import { folderHash, hashOf } from './build/content-hash.ts';
import type { LayerMount } from './environments/environment-spec.ts';

/** The layers of an application as they lie on this disk at one moment. */
export type MountedLayers = {
  /** In the order in which they are laid over `/opt`. */
  of(fn: LambdaFunction): readonly LayerMount[];
  /** Changes when the content of one of the function's layers does. */
  identityOf(fn: LambdaFunction): string;
  /** What functions ask for and this disk does not hold. */
  missing(functions: readonly LambdaFunction[]): readonly string[];
};

export const mountLayers = async (layers: readonly LayerVersion[]): Promise<MountedLayers> => {
  const byArn = new Map<string, { readonly mount: LayerMount; readonly identity: string }>();
  for (const { arn, mount } of layers) {
    if (mount) byArn.set(arn, { mount, identity: hashOf(mount.kind, mount.dir, await folderHash(mount.dir)) });
  }
  const reasons = new Map(layers.map((layer) => [layer.arn, layer.unsupported]));
  return {
    of: (fn) => fn.layers.flatMap((arn) => byArn.get(arn)?.mount ?? []),
    identityOf: (fn) => hashOf(...fn.layers.map((arn) => byArn.get(arn)?.identity ?? arn)),
    missing: (functions) =>
      functions.flatMap((fn) =>
        fn.layers
          .filter((arn) => !byArn.has(arn))
          .map(
            (arn) => `${fn.logicalId} runs without its layer ${arn}: ${reasons.get(arn) ?? 'it is not on this disk.'}`,
          ),
      ),
  };
};
