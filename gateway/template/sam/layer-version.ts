import type { Resource } from '../resource.ts';
import { entry, isMap, type Plain } from '../text/plain.ts';
import { type Expansion, make, pick } from './expansion.ts';

/** A layer. SAM gives its id a hash of its properties; here it keeps the name it was written with. */
export const expandLayerVersion = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  make(
    expansion,
    resource,
    logicalId,
    'AWS::Lambda::LayerVersion',
    {
      ...pick(properties, 'CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo'),
      LayerName: entry(properties, 'LayerName') ?? logicalId,
      Content: content(entry(properties, 'ContentUri')),
    },
    resource.metadata,
  );
};

const content = (uri: Plain | undefined): Plain => {
  if (uri !== undefined && isMap(uri) && entry(uri, 'Bucket') !== undefined)
    return { S3Bucket: uri.Bucket!, S3Key: uri.Key ?? '' };
  const remote = typeof uri === 'string' ? /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) : null;
  return remote ? { S3Bucket: remote[1]!, S3Key: remote[2]! } : (uri ?? '.');
};
