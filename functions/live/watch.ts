import * as z from 'zod/mini';
import { auctionTable } from '#adapters/auction-table.ts';
import { dynamodbClient, liveClient } from '#adapters/clients.ts';
import { connectionTable } from '#adapters/connection-table.ts';
import { environment } from '#adapters/environment.ts';
import { liveConnections } from '#adapters/live-connections.ts';
import { replying } from '#adapters/live-handler.ts';
import { replyOrForget } from '#adapters/reply.ts';
import { field, parseBody } from '#adapters/request.ts';
import { lotUnknown } from '#domain/auction-error.ts';
import { watchingMessage } from '#domain/live-message.ts';

const message = z.object({ lotId: field.lotId() });

const table = auctionTable(dynamodbClient(), environment('AUCTIONS_TABLE'));
const connections = connectionTable(dynamodbClient(), environment('CONNECTIONS_TABLE'));
const live = liveConnections(liveClient(environment('LIVE_ENDPOINT')));

/** watch: {"action":"watch","lotId":"…"} */
export const handler = replying(replyOrForget(live, connections), async (event) => {
  const { lotId } = parseBody(message, event);
  if ((await table.findLot(lotId)) === null) throw lotUnknown(lotId);
  const { connectionId, connectedAt } = event.requestContext;
  await connections.subscribe(connectionId, lotId, connectedAt);
  // Read again: a bid between the first look and the subscription would be in neither.
  const lot = await table.findLot(lotId);
  if (lot === null) throw lotUnknown(lotId);
  return watchingMessage(lot, Date.now());
});
