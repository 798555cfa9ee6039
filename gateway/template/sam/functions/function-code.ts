import { entry, isMap, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { pick } from '../expansion.ts';

/** Lambda's `Code` of SAM's `InlineCode`, `CodeUri` or `ImageUri`. A path of this disk stays as it is. */
export const functionCode = (properties: PlainMap): Plain => {
  const inline = entry(properties, 'InlineCode');
  if (inline !== undefined) return { ZipFile: inline };
  const image = entry(properties, 'ImageUri');
  if (image !== undefined) return { ImageUri: image };
  const uri = entry(properties, 'CodeUri');
  const remote = uri === undefined ? null : inBucket(uri);
  if (remote) return { ...remote, ...pick(properties, 'SourceKMSKeyArn') };
  // SAM CLI builds from the template's folder where no CodeUri is given.
  return uri ?? (textAt(properties, 'PackageType') === 'Image' ? { ImageUri: '' } : '.');
};

/** Where in S3 a `CodeUri` or `ContentUri` leads; null where it leads to this disk. */
export const inBucket = (uri: Plain): PlainMap | null => {
  if (isMap(uri)) {
    if (entry(uri, 'Bucket') === undefined) return null;
    return {
      S3Bucket: uri.Bucket!,
      S3Key: entry(uri, 'Key') ?? '',
      ...(entry(uri, 'Version') === undefined ? {} : { S3ObjectVersion: uri.Version! }),
    };
  }
  const parts = typeof uri === 'string' ? /^s3:\/\/([^/]+)\/([^?]+)(?:\?versionId=(.+))?$/.exec(uri) : null;
  if (!parts) return null;
  return { S3Bucket: parts[1]!, S3Key: parts[2]!, ...(parts[3] === undefined ? {} : { S3ObjectVersion: parts[3] }) };
};
