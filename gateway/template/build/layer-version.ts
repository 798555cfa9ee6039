import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LayerVersion } from '../../model/lambda-function.ts';
import type { Resource } from '../resource.ts';
import { displayPath } from '../text/display-path.ts';
import { entry } from '../text/plain.ts';
import type { Source } from './source.ts';

export const buildLayers = (source: Source): readonly LayerVersion[] =>
  source.ofType('AWS::Lambda::LayerVersion').map((resource) => {
    const arn = source.ref(resource);
    const { mount, unsupported } = contentOf(source, resource);
    return {
      logicalId: resource.logicalId,
      name: arn.split(':').at(-2) ?? resource.logicalId,
      arn,
      mount,
      unsupported,
      place: resource.place,
    };
  });

const contentOf = (source: Source, resource: Resource): Pick<LayerVersion, 'mount' | 'unsupported'> => {
  const reader = source.read(resource);
  const asset = entry(resource.metadata, 'aws:asset:path');
  const content = typeof asset === 'string' ? asset : entry(reader.source, 'Content');
  const method = entry(resource.metadata, 'BuildMethod');
  if (typeof content !== 'string') return { mount: null, unsupported: 'its content is not on this disk' };
  const dir = source.path(content);
  if (!existsSync(dir)) {
    source.problems.add(
      `${resource.logicalId}: there is no ${displayPath(dir)}.`,
      reader.placeOf('ContentUri'),
      'Mend ContentUri; it is relative to the template.',
    );
    return { mount: null, unsupported: 'its folder is missing' };
  }
  if (!statSync(dir).isDirectory()) return { mount: null, unsupported: 'its content is an archive; name a folder' };
  if (method === undefined) return { mount: { kind: 'opt', dir }, unsupported: null };
  if (typeof method === 'string' && method.startsWith('nodejs')) {
    // SAM CLI puts what it builds under nodejs/, unless the folder already has the layout of a layer.
    const laidOut = !existsSync(join(dir, 'package.json')) && existsSync(join(dir, 'nodejs'));
    return { mount: { kind: laidOut ? 'opt' : 'opt/nodejs', dir }, unsupported: null };
  }
  return { mount: null, unsupported: `its BuildMethod ${String(method)} does not run here` };
};
