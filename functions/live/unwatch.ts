import * as z from 'zod/mini';
import { dynamodbClient, liveClient } from '#adapters/clients.ts';
import { connectionTable } from '#adapters/connection-table.ts';
import { environment } from '#adapters/environment.ts';
import { liveConnections } from '#adapters/live-connections.ts';
import { replying } from '#adapters/live-handler.ts';
import { replyOrForget } from '#adapters/reply.ts';
import { field, parseBody } from '#adapters/request.ts';

const message = z.object({ lotId: field.lotId() });

const connections = connectionTable(dynamodbClient(), environment('CONNECTIONS_TABLE'));
const live = liveConnections(liveClient(environment('LIVE_ENDPOINT')));

/** unwatch: {"action":"unwatch","lotId":"…"} */
export const handler = replying(replyOrForget(live, connections), async (event) => {
  const { lotId } = parseBody(message, event);
  await connections.unsubscribe(event.requestContext.connectionId, lotId);
  return { type: 'unwatched', lotId };
});
