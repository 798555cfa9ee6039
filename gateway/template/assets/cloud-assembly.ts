import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** One of CDK's `<stack>.assets.json`, as far as it matters here. */
type AssetManifest = {
  readonly files?: Readonly<
    Record<
      string,
      {
        readonly source?: { readonly path?: string };
        readonly destinations?: Readonly<Record<string, { readonly objectKey?: string }>>;
      }
    >
  >;
};

/**
 * Where the files lie that CDK's manifests in a folder list, by the key each gets in S3. Keys are hashes of content, so
 * that the manifests of all stacks can stand together; a nested stack has none of its own.
 */
export const readManifests = (folder: string): ReadonlyMap<string, string> => {
  const files = new Map<string, string>();
  for (const name of namesIn(folder)) {
    if (!name.endsWith('.assets.json')) continue;
    for (const { source, destinations } of Object.values(readManifest(join(folder, name)).files ?? {})) {
      if (typeof source?.path !== 'string') continue;
      for (const { objectKey } of Object.values(destinations ?? {})) {
        if (typeof objectKey === 'string') files.set(objectKey, resolve(folder, source.path));
      }
    }
  }
  return files;
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** A file of that name that is no manifest says nothing: what it should have listed is then told by who looks for it. */
const readManifest = (file: string): AssetManifest => {
  try {
    const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? manifest : {};
  } catch {
    return {};
  }
};
