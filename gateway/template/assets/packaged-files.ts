import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { entry, type PlainMap } from '../text/plain.ts';
import { readManifests } from './cloud-assembly.ts';

/** The files of this disk that a tool (CDK, Serverless Framework) has packaged, and that its template looks for in S3. */
export type PackagedFiles = {
  /**
   * The file or folder behind an object in S3: by the metadata that CDK writes for other tools, by its manifests, or by
   * its name beside the template. null: there is none.
   */
  find(metadata: PlainMap, property: string, key: string): string | null;
  /** As `find`, for a URL of S3, whose last part is the key; a path is no URL. */
  findUrl(metadata: PlainMap, property: string, url: string): string | null;
};

/** `folder` is that of the template. */
export const createPackagedFiles = (folder: string): PackagedFiles => {
  let manifests: ReadonlyMap<string, string> | null = null;
  const find = (metadata: PlainMap, property: string, key: string): string | null => {
    const named = assetPath(metadata, property);
    if (named !== null && existsSync(resolve(folder, named))) return resolve(folder, named);
    manifests ??= readManifests(folder);
    const listed = manifests.get(key);
    if (listed !== undefined && existsSync(listed)) return listed;
    return besideTemplate(folder, basename(key));
  };
  return {
    find,
    findUrl(metadata, property, url) {
      if (!/^(https?|s3):\/\//.test(url) && assetPath(metadata, property) === null) return null;
      return find(metadata, property, url.slice(url.lastIndexOf('/') + 1));
    },
  };
};

/** What CDK's metadata name, for one of a resource's properties. */
const assetPath = (metadata: PlainMap, property: string): string | null => {
  const path = entry(metadata, 'aws:asset:path');
  const of = entry(metadata, 'aws:asset:property') ?? property;
  return typeof path === 'string' && of === property ? path : null;
};

/**
 * Serverless Framework uploads `.serverless/<name>.zip` under that name; CDK's older way names a folder or a file
 * `asset.<hash>` and uploads it as `<hash>`. Templates and definitions go by no name: too many are called the same.
 */
const besideTemplate = (folder: string, name: string): string | null => {
  const hash = /^([0-9a-f]{32,64})(?:\.\w+)?$/.exec(name)?.[1];
  const candidates = [
    ...(/.\.zip$/i.test(name) ? [name] : []),
    ...(hash === undefined ? [] : [`asset.${name}`, `asset.${hash}`]),
  ];
  return candidates.map((candidate) => join(folder, candidate)).find((file) => existsSync(file)) ?? null;
};
