import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { auctionTable } from '#adapters/auction-table.ts';
import { dynamodbClient } from '#adapters/clients.ts';
import { environment } from '#adapters/environment.ts';
import { field, parse } from '#adapters/request.ts';
import { answer, answering } from '#adapters/response.ts';
import { lotUnknown } from '#domain/auction-error.ts';
import { lotView } from '#domain/views.ts';

const path = z.object({ lotId: field.lotId() });

const table = auctionTable(dynamodbClient(), environment('AUCTIONS_TABLE'));

/** GET /lots/{lotId} */
export const handler = answering(async (event: APIGatewayProxyEvent) => {
  const { lotId } = parse(path, event.pathParameters);
  const lot = await table.findLot(lotId);
  if (lot === null) throw lotUnknown(lotId);
  return answer(200, lotView(lot, Date.now()));
});
