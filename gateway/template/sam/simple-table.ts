import type { Resource } from '../resource.ts';
import { entry, type Plain } from '../text/plain.ts';
import { type Expansion, make, mapAt, pick, textAt } from './expansion.ts';

const attributeTypes: Readonly<Record<string, string>> = { String: 'S', Number: 'N', Binary: 'B' };

/** A table with one key, `id` unless it is named. */
export const expandSimpleTable = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const key = mapAt(properties, 'PrimaryKey');
  const name: Plain = textAt(key, 'Name') ?? 'id';
  const throughput = entry(properties, 'ProvisionedThroughput');
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
    },
    resource.metadata,
  );
};
