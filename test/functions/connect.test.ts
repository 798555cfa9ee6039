import { expect, test } from 'vitest';
import { invoke, rows, sampleEvent, tableNames, useBackingServices } from './backing-services.ts';

useBackingServices();

test('the sample event notes the connection until ten minutes past its two hours', async () => {
  const event = sampleEvent('live/connect');
  expect(await invoke('live/connect', event)).toEqual({ statusCode: 200 });
  expect(await rows(tableNames.connections)).toEqual([
    {
      pk: { S: `CONN#${event.requestContext.connectionId}` },
      sk: { S: 'META' },
      expiresAt: { N: String(Math.floor(event.requestContext.connectedAt / 1000) + 7_800) },
    },
  ]);
});
