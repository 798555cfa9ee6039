import type { APIGatewayProxyEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { auctionTable } from '#adapters/auction-table.ts';
import { dynamodbClient } from '#adapters/clients.ts';
import { environment } from '#adapters/environment.ts';
import { newLotId } from '#adapters/ports.ts';
import { field, parseBody } from '#adapters/request.ts';
import { answer, answering } from '#adapters/response.ts';
import { createLot } from '#domain/create-lot.ts';
import { makes } from '#domain/lot.ts';
import { lotView } from '#domain/views.ts';

const newLot = z.strictObject(
  {
    make: z.enum(makes, `must be one of ${makes.join(', ')}`),
    model: field.text(80),
    year: field.wholeNumber(1886, 2100),
    startPriceCents: field.cents(),
    reservePriceCents: z.optional(field.cents()),
    closesAt: z.pipe(
      z.iso.datetime({ offset: true, error: 'must be a date and time such as 2026-12-24T18:00:00Z' }),
      z.transform(Date.parse),
    ),
  },
  'must be a JSON object',
);

const table = auctionTable(dynamodbClient(), environment('AUCTIONS_TABLE'));

/** POST /lots */
export const handler = answering(async (event: APIGatewayProxyEvent) => {
  const now = Date.now();
  const lot = createLot(parseBody(newLot, event), newLotId(), now);
  if (!(await table.addLot(lot))) throw new Error(`Two lots got the id ${lot.lotId}`);
  return answer(201, lotView(lot, now), { location: `/lots/${lot.lotId}` });
});
