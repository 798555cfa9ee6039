import { expect, test } from 'vitest';
import { backing, invoke, sampleEvent, useBackingServices } from './backing-services.ts';

useBackingServices();

test('the sample event is answered with what may be said', async () => {
  const event = sampleEvent('live/default');
  expect(await invoke('live/default', event)).toEqual({ statusCode: 200 });
  expect(backing.posts).toEqual([
    {
      connectionId: event.requestContext.connectionId,
      message: {
        type: 'error',
        error: { code: 'invalid-input', field: 'action', message: expect.stringContaining('"action":"watch"') },
      },
    },
  ]);
});

test('a caller that has gone is no failure', async () => {
  const event = sampleEvent('live/default');
  backing.gone.add(event.requestContext.connectionId);
  expect(await invoke('live/default', event)).toEqual({ statusCode: 200 });
});
