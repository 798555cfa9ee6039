import { dynamodbClient } from '#adapters/clients.ts';
import { environment } from '#adapters/environment.ts';
import { seedDemo } from '#adapters/seed-demo.ts';
import { observed } from '/opt/nodejs/observability.mjs';

/** Called by hand or by the local gateway; calling it again changes nothing. */
export const handler = observed(async () => ({
  added: await seedDemo(dynamodbClient(), environment('AUCTIONS_TABLE'), Date.now()),
}));
