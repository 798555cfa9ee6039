import type { Resource } from '../resource.ts';
import { entry } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { type Expansion, make, pick } from './expansion.ts';
import { inBucket } from './functions/function-code.ts';

/** A layer. SAM gives its id a hash of its properties; here it keeps the name it was written with. */
export const expandLayerVersion = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const retention = entry(properties, 'RetentionPolicy') ?? 'Retain';
  if (typeof retention !== 'string' || !/^(retain|delete)$/i.test(retention)) {
    expansion.problems.add(
      `RetentionPolicy of ${logicalId} is neither Retain nor Delete.`,
      placeOf(properties, 'RetentionPolicy') ?? resource.place,
      'Write one of the two: SAM resolves no reference to a resource there.',
    );
  }
  const uri = entry(properties, 'ContentUri') ?? '.';
  make(
    expansion,
    resource,
    logicalId,
    'AWS::Lambda::LayerVersion',
    {
      ...pick(properties, 'CompatibleArchitectures', 'CompatibleRuntimes', 'Description', 'LicenseInfo'),
      LayerName: entry(properties, 'LayerName') ?? logicalId,
      Content: inBucket(uri) ?? uri,
    },
    resource.metadata,
  );
};
