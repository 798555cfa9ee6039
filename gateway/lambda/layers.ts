import { join } from 'node:path';
import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import { folderHash, hashOf } from './build/content-hash.ts';
import { unpack } from './build/unpack.ts';
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

/** `directory` is where archives are unpacked. */
export const mountLayers = async (layers: readonly LayerVersion[], directory: string): Promise<MountedLayers> => {
  const byArn = new Map<string, Mounted>();
  const reasons = new Map(layers.map((layer) => [layer.arn, layer.unsupported]));
  for (const layer of layers) {
    if (!layer.mount) continue;
    const mounted = await mountLayer(layer, layer.mount, directory);
    if (typeof mounted === 'string') reasons.set(layer.arn, mounted);
    else byArn.set(layer.arn, mounted);
  }
  return {
    of: (fn) => fn.layers.flatMap((arn) => byArn.get(arn)?.mount ?? []),
    identityOf: (fn) => hashOf(...fn.layers.map((arn) => byArn.get(arn)?.identity ?? arn)),
    missing: (functions) =>
      functions.flatMap((fn) =>
        fn.layers
          .filter((arn) => !byArn.has(arn))
          .map((arn) => `${fn.logicalId} runs without its layer ${arn}: ${reasons.get(arn) ?? notHere}`),
      ),
  };
};

/** A package that is installed beside the code is found first, on Lambda as here. */
const notHere =
  'it is not on this disk. Install with npm what it brings, or declare it in the template with a local ContentUri.';

type Mounted = { readonly mount: LayerMount; readonly identity: string };

/** A text says why it cannot be. */
const mountLayer = async (
  { logicalId }: LayerVersion,
  mount: LayerVersion['mount'] & {},
  directory: string,
): Promise<Mounted | string> => {
  if (mount.kind !== 'zip') return { mount, identity: hashOf(mount.kind, mount.dir, await folderHash(mount.dir)) };
  const unpacked = await unpack(mount.file, join(directory, logicalId));
  if (unpacked.kind === 'refused') return unpacked.reason;
  return { mount: { kind: 'opt', dir: unpacked.folder }, identity: unpacked.identity };
};
