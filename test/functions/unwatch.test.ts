import { expect, test } from 'vitest';
import { backing, invoke, rows, sampleEvent, tableNames, useBackingServices } from './backing-services.ts';
import { connect, watch } from './connections.ts';

useBackingServices();

test('the sample event ends one subscription and leaves the others', async () => {
  await invoke('demo/seed-demo', {});
  const event = sampleEvent('live/unwatch');
  const { connectionId } = event.requestContext;
  await connect(connectionId);
  await watch(connectionId, 'demo-12');
  await watch(connectionId, 'demo-11');
  expect(await invoke('live/unwatch', event)).toEqual({ statusCode: 200 });
  expect(backing.posts.at(-1)).toEqual({ connectionId, message: { type: 'unwatched', lotId: 'demo-12' } });
  const left = (await rows(tableNames.connections)).map((row) => `${row.pk!.S} ${row.sk!.S}`).sort();
  const own = `CONN#${connectionId}`;
  expect(left).toEqual([`CH#demo-11 ${own}`, `${own} CH#demo-11`, `${own} META`]);
});
