import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { lotCatalogue } from '#adapters/catalogue.ts';
import { dynamodbClient } from '#adapters/clients.ts';
import { environment } from '#adapters/environment.ts';
import { field, parse } from '#adapters/request.ts';
import { answer, answering } from '#adapters/response.ts';
import { makes } from '#domain/lot.ts';
import { lotView } from '#domain/views.ts';

const query = z.object({
  status: z._default(z.enum(['open', 'closed'], 'must be open or closed'), 'open'),
  make: z.optional(z.enum(makes, `must be one of ${makes.join(', ')}`)),
  limit: field.limit(),
  after: field.after(),
});

const lots = lotCatalogue(dynamodbClient(), environment('AUCTIONS_TABLE'));

/** GET /lots */
export const handler = answering(async (event: APIGatewayProxyEvent) => {
  const { status, make, limit, after } = parse(query, event.queryStringParameters ?? {});
  const now = Date.now();
  const page = await lots.listLots({ status, make, limit, after }, now);
  return answer(200, {
    lots: page.entries.map((lot) => lotView(lot, now)),
    ...(page.next && { next: page.next }),
  });
});
