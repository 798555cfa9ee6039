import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { auctionTable } from '#adapters/auction-table.ts';
import { dynamodbClient } from '#adapters/clients.ts';
import { environment } from '#adapters/environment.ts';
import { pause } from '#adapters/ports.ts';
import { field, parse, parseBody } from '#adapters/request.ts';
import { answer, answering } from '#adapters/response.ts';
import { placeBid } from '#domain/place-bid.ts';
import { bidView } from '#domain/views.ts';

const path = z.object({ lotId: field.lotId() });
const bidIdRule = 'must be 1 to 64 letters, digits, dots, hyphens or underscores';
const bidOffer = z.strictObject(
  {
    bidId: z.string(bidIdRule).check(z.regex(/^[A-Za-z0-9._-]{1,64}$/, bidIdRule)),
    bidder: field.text(80),
    amountCents: field.cents(),
  },
  'must be a JSON object',
);

const store = auctionTable(dynamodbClient(), environment('AUCTIONS_TABLE'));

/** POST /lots/{lotId}/bids */
export const handler = answering(async (event: APIGatewayProxyEventV2) => {
  const { lotId } = parse(path, event.pathParameters);
  const offer = parseBody(bidOffer, event);
  const bid = await placeBid({ store, now: Date.now, pause }, lotId, offer);
  return answer(201, { lotId, ...bidView(bid) });
});
