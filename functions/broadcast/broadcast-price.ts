import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { dynamodbClient, liveClient } from '#adapters/clients.ts';
import { connectionTable } from '#adapters/connection-table.ts';
import { environment } from '#adapters/environment.ts';
import { liveConnections } from '#adapters/live-connections.ts';
import { bidAcceptedIn } from '#adapters/stream.ts';
import { broadcast } from '#domain/broadcast.ts';
import { priceMessage } from '#domain/live-message.ts';
import type { BidAccepted } from '#domain/lot.ts';
import { observed, reportFailure } from '/opt/nodejs/observability.mjs';

/** As many as the client has sockets would starve whoever else calls the account's APIs. */
const concurrency = 50;

const connections = connectionTable(dynamodbClient(), environment('CONNECTIONS_TABLE'));
const live = liveConnections(liveClient(environment('LIVE_ENDPOINT')));

/** Records of the auctions table's stream. Lambda tries again from the first record that is reported as failed. */
export const handler = observed(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const sequenceNumbers = new Map<BidAccepted, string>();
  for (const record of Records) {
    const event = bidAcceptedIn(record);
    if (event) sequenceNumbers.set(event, record.dynamodb!.SequenceNumber!);
  }
  const { failed, errors } = await broadcast(
    [...sequenceNumbers.keys()],
    {
      watchers: (lotId) => connections.watchers(lotId, Date.now()),
      post: (connectionId, event) => live.post(connectionId, priceMessage(event)),
      forget: (connectionId) => connections.forgetConnection(connectionId),
    },
    concurrency,
  );
  for (const error of errors) reportFailure(error);
  return { batchItemFailures: failed.map((event) => ({ itemIdentifier: sequenceNumbers.get(event)! })) };
});
