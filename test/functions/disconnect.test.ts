import { expect, test } from 'vitest';
import { invoke, rows, sampleEvent, tableNames, useBackingServices } from './backing-services.ts';
import { connect, watch } from './connections.ts';

useBackingServices();

test('the sample event forgets the connection with all it watched, and nobody else', async () => {
  await invoke('demo/seed-demo', {});
  const event = sampleEvent('live/disconnect');
  const leaving = event.requestContext.connectionId;
  for (const id of [leaving, 'staying=']) {
    await connect(id);
    for (let lot = 1; lot <= 12; lot++) await watch(id, `demo-${String(lot).padStart(2, '0')}`);
  }
  await watch(leaving, 'demo-01');

  expect(await invoke('live/disconnect', event)).toEqual({ statusCode: 200 });
  const left = await rows(tableNames.connections);
  expect(left).toHaveLength(1 + 2 * 12);
  expect(JSON.stringify(left)).not.toContain(leaving);
});

test('forgetting an unknown connection is no error', async () => {
  expect(await invoke('live/disconnect', sampleEvent('live/disconnect'))).toEqual({ statusCode: 200 });
});
