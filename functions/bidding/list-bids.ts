import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { auctionTable } from '#adapters/auction-table.ts';
import { lotCatalogue } from '#adapters/catalogue.ts';
import { dynamodbClient } from '#adapters/clients.ts';
import { environment } from '#adapters/environment.ts';
import { field, parse } from '#adapters/request.ts';
import { answer, answering } from '#adapters/response.ts';
import { lotUnknown } from '#domain/auction-error.ts';
import { bidView } from '#domain/views.ts';

const path = z.object({ lotId: field.lotId() });
const query = z.object({ limit: field.limit(), after: field.after() });

const tableName = environment('AUCTIONS_TABLE');
const table = auctionTable(dynamodbClient(), tableName);
const lots = lotCatalogue(dynamodbClient(), tableName);

/** GET /lots/{lotId}/bids */
export const handler = answering(async (event: APIGatewayProxyEventV2) => {
  const { lotId } = parse(path, event.pathParameters);
  const { limit, after } = parse(query, event.queryStringParameters ?? {});
  const page = await lots.listBids(lotId, limit, after);
  // An unknown lot and one without bids both have no bids; only the first is an error.
  if (page.entries.length === 0 && (await table.findLot(lotId)) === null) throw lotUnknown(lotId);
  return answer(200, { bids: page.entries.map(bidView), ...(page.next && { next: page.next }) });
});
