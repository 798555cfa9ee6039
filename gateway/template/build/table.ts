import type { KeySchemaElement, SecondaryIndex, Table } from '../../model/table.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import type { Source } from './source.ts';

export const buildTables = (source: Source): readonly Table[] =>
  ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'].flatMap((type) =>
    source.ofType(type).map((resource) => buildTable(source, resource)),
  );

const streamViews = ['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'] as const;

const buildTable = (source: Source, resource: Resource): Table => {
  const reader = source.read(resource);
  const keys = keySchema(reader);
  if (keys.length === 0)
    source.problems.add(`${resource.logicalId} has no KeySchema.`, resource.place, 'Give it a HASH key.');
  const attributeDefinitions = reader.each('AttributeDefinitions').map((attribute) => ({
    AttributeName: attribute.required('AttributeName'),
    AttributeType: attribute.oneOf('AttributeType', ['S', 'N', 'B']) ?? ('S' as const),
  }));
  const globalSecondaryIndexes = reader.each('GlobalSecondaryIndexes').map(secondaryIndex);
  const localSecondaryIndexes = reader.each('LocalSecondaryIndexes').map(secondaryIndex);
  const defined = new Set(attributeDefinitions.map(({ AttributeName }) => AttributeName));
  const used = [keys, ...[...globalSecondaryIndexes, ...localSecondaryIndexes].map((index) => index.KeySchema)].flat();
  for (const { AttributeName } of used) {
    if (defined.has(AttributeName)) continue;
    reader.refuse(
      'AttributeDefinitions',
      `${resource.logicalId}: the key ${AttributeName} has no type.`,
      `Add ${AttributeName} to AttributeDefinitions.`,
    );
  }
  const timeToLive = reader.within('TimeToLiveSpecification');
  const stream = reader.within('StreamSpecification');
  const hasStream = reader.has('StreamSpecification');
  if (hasStream) stream.required('StreamViewType');
  return {
    logicalId: resource.logicalId,
    name: source.ref(resource),
    arn: source.getAtt(resource, 'Arn'),
    streamArn: hasStream ? source.getAtt(resource, 'StreamArn') : null,
    streamViewType: hasStream ? stream.oneOf('StreamViewType', streamViews) : null,
    attributeDefinitions,
    keySchema: keys,
    globalSecondaryIndexes,
    localSecondaryIndexes,
    timeToLiveAttribute: timeToLive.flag('Enabled') ? timeToLive.required('AttributeName') : null,
    place: resource.place,
  };
};

const keySchema = (reader: Reader): readonly KeySchemaElement[] =>
  reader.each('KeySchema').map((key) => ({
    AttributeName: key.required('AttributeName'),
    KeyType: key.oneOf('KeyType', ['HASH', 'RANGE']) ?? 'HASH',
  }));

const secondaryIndex = (reader: Reader): SecondaryIndex => {
  const projection = reader.within('Projection');
  const attributes = projection.texts('NonKeyAttributes');
  return {
    IndexName: reader.required('IndexName'),
    KeySchema: keySchema(reader),
    Projection: {
      ProjectionType: projection.text('ProjectionType') ?? 'ALL',
      ...(attributes.length > 0 ? { NonKeyAttributes: attributes } : {}),
    },
  };
};
