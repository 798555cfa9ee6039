import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { demoLots } from '#domain/demo-lots.ts';
import { auctionTable } from './auction-table.ts';

/** Adds the demo lots that are not there; returns how many those were. What is there, with its bids, stays. */
export const seedDemo = async (client: DynamoDBClient, tableName: string, now: number): Promise<number> => {
  const table = auctionTable(client, tableName);
  const added = await Promise.all(demoLots(now).map((lot) => table.addLot(lot)));
  return added.filter(Boolean).length;
};
