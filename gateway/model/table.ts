import type { Place } from './place.ts';

/** A DynamoDB table, in the words of CreateTable. */
export type Table = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** null: no stream. */
  readonly streamArn: string | null;
  readonly streamViewType: string | null;
  readonly attributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: 'S' | 'N' | 'B' }[];
  readonly keySchema: readonly KeySchemaElement[];
  readonly globalSecondaryIndexes: readonly SecondaryIndex[];
  readonly localSecondaryIndexes: readonly SecondaryIndex[];
  /** null: no item expires. */
  readonly timeToLiveAttribute: string | null;
  readonly place: Place;
};

export type KeySchemaElement = { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' };

export type SecondaryIndex = {
  readonly IndexName: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
};
