import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerVersion } from '../../model/lambda-function.ts';
import type { PackagedFiles } from '../assets/packaged-files.ts';
import type { Resource } from '../resource.ts';
import { displayPath } from '../text/display-path.ts';
import { entry } from '../text/plain.ts';
import { buildMethodOf, whyNotBuilt } from './build-method.ts';
import { inS3, packagedByFolder, placeOfContent } from './function-code.ts';
import type { Source } from './source.ts';

type Content = Pick<LayerVersion, 'mount' | 'unsupported'>;

export const buildLayers = (source: Source): readonly LayerVersion[] => {
  const packagedIn = packagedByFolder(source);
  return source.ofType('AWS::Lambda::LayerVersion').map((resource) => {
    const arn = source.ref(resource);
    const { mount, unsupported } = contentOf(source, resource, packagedIn(resource));
    return {
      logicalId: resource.logicalId,
      name: arn.split(':').at(-2) ?? resource.logicalId,
      arn,
      mount,
      unsupported,
      place: resource.place,
    };
  });
};

const contentOf = (source: Source, resource: Resource, packaged: PackagedFiles): Content => {
  const reader = source.read(resource);
  const given = entry(reader.source, 'Content');
  if (typeof given === 'string') return onThisDisk(source, resource, source.path(resource, given));
  const content = reader.within('Content');
  const key = content.text('S3Key') ?? '';
  const file = packaged.find(resource.metadata, 'Content', key);
  if (file !== null) return onThisDisk(source, resource, file);
  return { mount: null, unsupported: inS3('content', `s3://${content.text('S3Bucket') ?? ''}/${key}`) };
};

const onThisDisk = (source: Source, resource: Resource, path: string): Content => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    source.problems.add(
      `${resource.logicalId}: there is no folder or archive ${displayPath(path)}.`,
      placeOfContent(source.read(resource), 'ContentUri', 'Content'),
      'Mend ContentUri; it is relative to the template.',
    );
    return { mount: null, unsupported: 'its folder is missing' };
  }
  if (!found.isDirectory()) {
    return /\.(zip|jar)$/i.test(path)
      ? { mount: { kind: 'zip', file: path }, unsupported: null }
      : { mount: null, unsupported: `its content, ${displayPath(path)}, is neither a folder nor a zip archive` };
  }
  const method = buildMethodOf(resource);
  if (method === null) return { mount: { kind: 'opt', dir: path }, unsupported: null };
  if (method.startsWith('nodejs')) {
    // SAM CLI puts what it builds under nodejs/, unless the folder already has the layout of a layer.
    const laidOut = !existsSync(join(path, 'package.json')) && existsSync(join(path, 'nodejs'));
    return { mount: { kind: laidOut ? 'opt' : 'opt/nodejs', dir: path }, unsupported: null };
  }
  // SAM CLI refuses it for layers too.
  if (method === 'esbuild') return { mount: null, unsupported: 'esbuild builds functions, not layers' };
  return { mount: null, unsupported: whyNotBuilt(method, resource) };
};
