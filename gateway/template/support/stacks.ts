import { nestedStackType, type Stack } from '../stack.ts';
import type { SupportLine } from '../support.ts';
import { entry, isMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { all, fields, free, honoured, reasons, type SupportNode } from './node.ts';

const shared = {
  Parameters: free,
  ...all(reasons.inert, 'NotificationARNs', 'TimeoutInMinutes', 'Tags'),
};

/** Stacks inside stacks. */
export const stackTypes: Readonly<Record<string, SupportNode>> = {
  'AWS::Serverless::Application': fields({
    Location: fields(all(honoured, 'ApplicationId', 'SemanticVersion')),
    ...shared,
  }),
  [nestedStackType]: {
    ...fields({ TemplateURL: honoured, ...shared }),
    metadata: { ...all(honoured, 'aws:asset:path', 'aws:asset:property'), 'aws:cdk:path': reasons.inert },
  },
};

/** Nested stacks whose template is not on this disk: nothing that they would make is here. */
export const linesOfAbsentStacks = (stack: Stack): readonly SupportLine[] => {
  const read = new Set(stack.nested().map(({ path }) => path));
  return [...stack.resources.values()]
    .filter(({ type, logicalId }) => type === nestedStackType && !read.has(`${stack.path}${logicalId}/`))
    .map(({ logicalId }): SupportLine => {
      const { type, properties, place } = stack.written.get(logicalId)!;
      const property = type === nestedStackType ? 'TemplateURL' : 'Location';
      const location = entry(properties, property);
      const isRepository = isMap(location) && entry(location, 'ApplicationId') !== undefined;
      return {
        logicalId,
        resourceType: type,
        property,
        level: 'not honoured',
        note: isRepository
          ? 'applications of the Serverless Application Repository are not on this disk; its outputs are stand-ins'
          : 'its template is not on this disk, nor what it makes; its outputs are stand-ins',
        place: placeOf(properties, property) ?? place,
      };
    });
};
