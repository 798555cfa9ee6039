import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { type Expansion, make, pick } from './expansion.ts';

/** A nested application is a stack whose template has a place; one of the Serverless Application Repository has none here. */
export const expandApplication = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const location = entry(properties, 'Location');
  make(
    expansion,
    resource,
    logicalId,
    'AWS::CloudFormation::Stack',
    {
      TemplateURL: location !== undefined && isMap(location) && entry(location, 'ApplicationId') ? undefined : location,
      ...pick(properties, 'Parameters', 'NotificationARNs', 'TimeoutInMinutes'),
    },
    resource.metadata,
  );
};
