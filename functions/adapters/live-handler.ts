/** What the handlers of Live's routes share: a route answers through `@connections`, not by what it returns. */
import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';
import { AuctionError } from '#domain/auction-error.ts';
import type { LiveMessage } from '#domain/live-message.ts';
import { observed } from '/opt/nodejs/observability.mjs';

export type MessageEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly requestContext: { readonly connectionId: string; readonly connectedAt: number };
};
export type Reply = (connectionId: string, message: LiveMessage) => Promise<unknown>;

/** One-way routes drop what the handler returns; API Gateway only wants to see that it went well. */
export const accepted = { statusCode: 200 } as const;

/** Wraps a route: it sends the message that `handle` gives, or the reason for which it refuses. */
export const replying = (reply: Reply, handle: (event: MessageEvent) => Promise<LiveMessage>) =>
  observed(async (event: MessageEvent) => {
    await reply(event.requestContext.connectionId, await messageFor(event, handle));
    return accepted;
  });

const messageFor = async (event: MessageEvent, handle: (event: MessageEvent) => Promise<LiveMessage>) => {
  try {
    return await handle(event);
  } catch (error) {
    if (error instanceof AuctionError) return { type: 'error', error: error.refusal } as const;
    throw error;
  }
};
