import { setTimeout as delay } from 'node:timers/promises';
import type { Table } from '../../model/table.ts';
import { GavelError } from '../../problem.ts';
import { type DynamoDbClient, DynamoDbError, isDynamoDbError } from './client.ts';
import { compareTable, type TableDescription } from './table-comparison.ts';

type Notice = (level: 'info' | 'warning', text: string) => void;

/** Makes what the template says out of what there is, and returns the names of the tables that it created. */
export const bringUpTables = async (
  client: DynamoDbClient,
  tables: readonly Table[],
  reset: readonly string[] | 'all' | 'none',
  notice: Notice,
): Promise<string[]> => {
  const created: string[] = [];
  // Compared before anything is touched: one table that is refused must not leave the others half changed.
  const found = await Promise.all(tables.map((table) => refusing(table, 'used', describeTable(client, table.name))));
  const plans = tables.map((table, i) => {
    const existing = found[i]!;
    const anew = reset === 'all' || (reset !== 'none' && reset.includes(table.name));
    return { table, existing, anew, difference: existing && !anew ? compareTable(table, existing) : null };
  });

  for (const { table, existing, anew, difference } of plans) {
    if (existing && anew) await dropTable(client, table.name);
    if (!existing || anew) {
      await refusing(table, 'made', client.call('CreateTable', creation(table)));
      await settled(client, table.name);
      created.push(table.name);
    } else if (difference) {
      for (const change of difference.changes) {
        await refusing(table, 'changed', client.call('UpdateTable', { TableName: table.name, ...change }));
        await settled(client, table.name);
      }
      for (const text of difference.notices) notice('info', text);
    }
    await setTimeToLive(client, table);
  }
  return created;
};

/** Turns what DynamoDB refuses into a message that leads to the template. */
const refusing = async <T>(table: Table, verb: 'used' | 'made' | 'changed', work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof DynamoDbError)) throw error;
    const anew = `, or start with --reset ${table.name} to drop this table and make it anew`;
    throw new GavelError({
      what: `table ${table.name} cannot be ${verb}: ${error.message}`,
      place: table.place,
      remedy: `Mend the template${verb === 'changed' ? anew : ''}`,
    });
  }
};

const creation = (table: Table) => ({
  TableName: table.name,
  AttributeDefinitions: table.attributeDefinitions,
  KeySchema: table.keySchema,
  // Locally nobody pays for capacity and nobody is throttled.
  BillingMode: 'PAY_PER_REQUEST',
  ...(table.globalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes: table.globalSecondaryIndexes }),
  ...(table.localSecondaryIndexes.length > 0 && { LocalSecondaryIndexes: table.localSecondaryIndexes }),
  ...(table.streamViewType && {
    StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamViewType },
  }),
});

const describeTable = async (client: DynamoDbClient, name: string): Promise<TableDescription | null> => {
  try {
    return (await client.call<{ Table: TableDescription }>('DescribeTable', { TableName: name })).Table;
  } catch (error) {
    if (isDynamoDbError(error, 'ResourceNotFoundException')) return null;
    throw error;
  }
};

const dropTable = async (client: DynamoDbClient, name: string): Promise<void> => {
  await client.call('DeleteTable', { TableName: name });
  await until(`table ${name} to go`, async () => !(await describeTable(client, name)));
};

const settled = (client: DynamoDbClient, name: string): Promise<void> =>
  until(`table ${name} to be ready`, async () => {
    const table = await describeTable(client, name);
    const indexes = table?.GlobalSecondaryIndexes ?? [];
    return table?.TableStatus === 'ACTIVE' && indexes.every((index) => index.IndexStatus === 'ACTIVE');
  });

/** The embedded engine is done at once; AWS takes seconds to make a table and minutes to fill an index. */
const until = async (what: string, done: () => Promise<boolean>): Promise<void> => {
  const deadline = performance.now() + 600_000;
  while (!(await done())) {
    if (performance.now() > deadline) {
      throw new GavelError({
        what: `waited ten minutes for ${what}`,
        place: null,
        remedy: 'Look at it, and start again',
      });
    }
    await delay(20);
  }
};

const setTimeToLive = async (client: DynamoDbClient, table: Table): Promise<void> => {
  const { TimeToLiveDescription: now } = await client.call<{
    TimeToLiveDescription: { TimeToLiveStatus: string; AttributeName?: string };
  }>('DescribeTimeToLive', { TableName: table.name });
  const current = now.TimeToLiveStatus.startsWith('ENABL') ? now.AttributeName : null;
  const set = (AttributeName: string, Enabled: boolean): Promise<unknown> =>
    client.call('UpdateTimeToLive', { TableName: table.name, TimeToLiveSpecification: { AttributeName, Enabled } });
  if (current === table.timeToLiveAttribute || (!current && !table.timeToLiveAttribute)) return;
  if (current) await set(current, false);
  if (table.timeToLiveAttribute) await set(table.timeToLiveAttribute, true);
};
