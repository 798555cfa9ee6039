import type { Resource } from '../resource.ts';
import { entry, mapAt, type Plain, textAt } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { type Expansion, make, pick } from './expansion.ts';
import { tagList } from './tags.ts';

const attributeTypes: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

/** A table with one key, `id` unless it is named. */
export const expandSimpleTable = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const key = mapAt(properties, 'PrimaryKey');
  if (Object.keys(key).length > 0) refuseOddKey(resource, expansion);
  const name: Plain = textAt(key, 'Name') ?? 'id';
  const throughput = entry(properties, 'ProvisionedThroughput');
  const tags = tagList(mapAt(properties, 'Tags'));
  make(
    expansion,
    resource,
    logicalId,
    'AWS::DynamoDB::Table',
    {
      ...pick(properties, 'PointInTimeRecoverySpecification', 'SSESpecification', 'TableName'),
      AttributeDefinitions: [
        { AttributeName: name, AttributeType: entry(attributeTypes, textAt(key, 'Type') ?? 'String') ?? 'S' },
      ],
      KeySchema: [{ AttributeName: name, KeyType: 'HASH' }],
      ...(throughput === undefined ? { BillingMode: 'PAY_PER_REQUEST' } : { ProvisionedThroughput: throughput }),
      ...(tags.length > 0 ? { Tags: tags } : {}),
    },
    resource.metadata,
  );
};

const refuseOddKey = ({ logicalId, properties, place }: Resource, expansion: Expansion): void => {
  const key = mapAt(properties, 'PrimaryKey');
  const refuse = (name: string, what: string, remedy: string): void =>
    expansion.problems.add(what, placeOf(key, name) ?? placeOf(properties, 'PrimaryKey') ?? place, remedy);
  if (textAt(key, 'Name') === null) refuse('Name', `The PrimaryKey of ${logicalId} has no Name.`, 'Give it one.');
  const type = textAt(key, 'Type');
  if (type !== null && Object.hasOwn(attributeTypes, type)) return;
  const what = `The PrimaryKey of ${logicalId} has ${type === null ? 'no Type' : `the Type ${type}`}.`;
  refuse('Type', what, `It can be ${Object.keys(attributeTypes).join(', ')}.`);
};
