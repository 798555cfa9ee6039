import { dynamodbClient } from '#adapters/clients.ts';
import { connectionTable } from '#adapters/connection-table.ts';
import { environment } from '#adapters/environment.ts';
import { accepted, type MessageEvent } from '#adapters/live-handler.ts';
import { observed } from '/opt/nodejs/observability.mjs';

const connections = connectionTable(dynamodbClient(), environment('CONNECTIONS_TABLE'));

/** $connect: nothing may be posted to the connection yet; it stands only once this has answered. */
export const handler = observed(async ({ requestContext }: MessageEvent) => {
  await connections.noteConnection(requestContext.connectionId, requestContext.connectedAt);
  return accepted;
});
