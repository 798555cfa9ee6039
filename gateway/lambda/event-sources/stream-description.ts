import type { DynamoDb } from '../../cloud/dynamodb/dynamodb.ts';

/** A stream as it stands now; a table that is made anew, or whose stream is, has another label. */
export type StreamDescription = {
  readonly arn: string;
  readonly label: string;
  /** Seconds, of the system's time. */
  readonly createdAt: number;
  readonly shards: readonly Shard[];
};

export type Shard = { readonly ShardId: string; readonly ParentShardId?: string };

type Answer = {
  readonly StreamDescription: {
    readonly StreamLabel: string;
    readonly CreationRequestDateTime: number;
    readonly Shards: readonly Shard[];
    readonly LastEvaluatedShardId?: string;
  };
};

/** The table of `arn:…:dynamodb:…:table/NAME/stream/LABEL`; null for the ARN of anything else. */
export const streamTable = (arn: string): string | null =>
  /^arn:[^:]+:dynamodb:[^:]*:[^:]*:table\/([^/]+)\/stream\//.exec(arn)?.[1] ?? null;

/** Asked of the table, since the label in a template's ARN is made up before there is a table. */
export const describeStream = async (dynamodb: DynamoDb, table: string): Promise<StreamDescription> => {
  const { Table } = await dynamodb.call<{ Table: { LatestStreamArn?: string; StreamSpecification?: unknown } }>(
    'DescribeTable',
    { TableName: table },
  );
  const arn = Table.LatestStreamArn;
  if (!arn || !Table.StreamSpecification) throw new Error(`table ${table} has no stream`);
  const shards: Shard[] = [];
  let start: string | undefined;
  for (;;) {
    const { StreamDescription: page } = await dynamodb.callStreams<Answer>('DescribeStream', {
      StreamArn: arn,
      ...(start && { ExclusiveStartShardId: start }),
    });
    shards.push(...page.Shards);
    start = page.LastEvaluatedShardId;
    if (!start) return { arn, label: page.StreamLabel, createdAt: Math.floor(page.CreationRequestDateTime), shards };
  }
};
