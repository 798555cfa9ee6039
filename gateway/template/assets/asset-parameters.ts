/**
 * The parameters by which CDK's older way of packaging is told where it has uploaded an asset; `cdk deploy` fills them in,
 * a template gives no default. What stands in here leads to the asset's hash, and by that to the file.
 */
export const assetParameter = (name: string): string | null => {
  const found = /^AssetParameters([0-9a-f]{64})(S3Bucket|S3VersionKey|ArtifactHash)[0-9A-F]{8}$/.exec(name);
  if (!found) return null;
  const [, hash, part] = found;
  if (part === 'S3Bucket') return 'cdk-assets';
  // The template splits it at the bars: a folder, and the key's last part.
  return part === 'S3VersionKey' ? `assets/||${hash}.zip` : hash!;
};
