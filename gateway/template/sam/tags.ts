import type { Resource } from '../resource.ts';
import { mapAt, type Plain, type PlainMap } from '../text/plain.ts';

/** CloudFormation's form of SAM's `Tags`, with the tag that SAM sets itself. */
export const resourceTags = ({ type, properties }: Resource): Plain => [
  { Key: type === 'AWS::Serverless::StateMachine' ? 'stateMachine:createdBy' : 'lambda:createdBy', Value: 'SAM' },
  ...tagList(mapAt(properties, 'Tags')),
];

export const tagList = (tags: PlainMap): readonly Plain[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
