import type { KeySchemaElement, SecondaryIndex, Table } from '../../model/table.ts';
import { GavelError } from '../../problem.ts';

/** What DescribeTable says, as far as it is compared. */
export type TableDescription = {
  readonly TableStatus: string;
  readonly KeySchema: readonly KeySchemaElement[];
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly GlobalSecondaryIndexes?: readonly (SecondaryIndex & { readonly IndexStatus?: string })[];
  readonly LocalSecondaryIndexes?: readonly SecondaryIndex[];
  readonly StreamSpecification?: { readonly StreamEnabled: boolean; readonly StreamViewType?: string };
};

export type TableDifference = {
  /** Inputs of UpdateTable, in the order they must be made. */
  readonly changes: readonly Readonly<Record<string, unknown>>[];
  readonly notices: readonly string[];
};

/** What must be updated in an existing table; refuses what would lose data. */
export const compareTable = (table: Table, existing: TableDescription): TableDifference => {
  const types = new Map(existing.AttributeDefinitions.map((a) => [a.AttributeName, a.AttributeType]));
  const existingGlobal = new Map((existing.GlobalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));
  const existingLocal = new Map((existing.LocalSecondaryIndexes ?? []).map((index) => [index.IndexName, index]));

  if (keyText(table.keySchema) !== keyText(existing.KeySchema)) {
    refuse(table, `its key was ${keyText(existing.KeySchema)} and is now ${keyText(table.keySchema)}`);
  }
  for (const { AttributeName, AttributeType } of table.attributeDefinitions) {
    const was = types.get(AttributeName);
    if (was && was !== AttributeType) refuse(table, `${AttributeName} was of type ${was} and is now ${AttributeType}`);
  }
  for (const index of table.globalSecondaryIndexes) {
    const was = existingGlobal.get(index.IndexName);
    if (was && indexText(was) !== indexText(index)) refuse(table, `its index ${index.IndexName} has changed`);
  }
  const local = table.localSecondaryIndexes;
  if (local.length !== existingLocal.size) refuse(table, 'its local secondary indexes have changed');
  for (const index of local) {
    const was = existingLocal.get(index.IndexName);
    if (!was || indexText(was) !== indexText(index)) refuse(table, `its local index ${index.IndexName} has changed`);
  }

  const named = new Set(table.globalSecondaryIndexes.map((index) => index.IndexName));
  return {
    changes: [
      ...table.globalSecondaryIndexes
        .filter((index) => !existingGlobal.has(index.IndexName))
        // DynamoDB makes one index per UpdateTable.
        .map((index) => ({
          AttributeDefinitions: table.attributeDefinitions,
          GlobalSecondaryIndexUpdates: [{ Create: index }],
        })),
      ...streamChanges(table, existing),
    ],
    notices: [...existingGlobal.keys()]
      .filter((name) => !named.has(name))
      .map((name) => `table ${table.name} keeps its index ${name}, which the template no longer has`),
  };
};

const streamChanges = (table: Table, existing: TableDescription): Record<string, unknown>[] => {
  const was = existing.StreamSpecification?.StreamEnabled ? existing.StreamSpecification.StreamViewType : null;
  if ((was ?? null) === table.streamViewType) return [];
  // A stream's view cannot be changed: it ends, and another begins.
  const off = { StreamSpecification: { StreamEnabled: false } };
  const on = { StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamViewType } };
  return [...(was ? [off] : []), ...(table.streamViewType ? [on] : [])];
};

const keyText = (keys: readonly KeySchemaElement[]): string =>
  ['HASH', 'RANGE']
    .flatMap((type) => keys.filter((key) => key.KeyType === type).map((key) => key.AttributeName))
    .join(' + ');

const indexText = ({ KeySchema, Projection }: SecondaryIndex): string =>
  [keyText(KeySchema), Projection.ProjectionType, ...[...(Projection.NonKeyAttributes ?? [])].sort()].join();

const refuse = (table: Table, why: string): never => {
  throw new GavelError({
    what: `table ${table.name} cannot keep its data: ${why}`,
    place: table.place,
    remedy: `Start with --reset ${table.name} to drop this table and make it anew, or undo the change`,
  });
};
