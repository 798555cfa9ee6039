import { describe, expect, test } from 'vitest';
import { recordingFunction } from './recording-function.ts';
import { streamBench } from './stream-bench.ts';

const { call, sources, write } = streamBench();

describe('a mapping that cannot run is named with its place', () => {
  test.each([
    [{ eventSourceArn: 'arn:aws:sqs:us-east-1:123456789012:q' }, /events from arn:aws:sqs:.* are not honoured yet/],
    [{ filters: ['{"a":[{"cidr":"10.0.0.0/8"}]}'] }, /its filter .* is no operator/],
    [{ functionName: 'arn:aws:states:::nothing' }, /names no function/],
    [{ startingPosition: 'AT_TIMESTAMP' as const, startingPositionTimestamp: 0 }, /take no AT_TIMESTAMP/],
  ])('%j', async (mapping, why) => {
    const broadcast = recordingFunction();
    const running = sources(broadcast, mapping);
    await write(1);
    await running.idle();
    expect(broadcast.batches).toEqual([]);
    expect(running.notices).toEqual([expect.stringMatching(why)]);
    expect(running.notices[0]).toMatch(/^template.yaml:40:7: event source BroadcastFunctionBids does not run: /);
  });

  test('and one that is disabled does not', async () => {
    const broadcast = recordingFunction();
    const running = sources(broadcast, { enabled: false });
    await write(1);
    await running.idle();
    expect([broadcast.batches, running.notices]).toEqual([[], []]);
  });

  test('a table without a stream is said once, and looked at again', async () => {
    const broadcast = recordingFunction();
    await call('UpdateTable', { StreamSpecification: { StreamEnabled: false } });
    const running = sources(broadcast);
    await running.idle();
    await running.idle();
    expect(running.notices).toEqual(['table bids cannot be read for broadcast:live: table bids has no stream']);
  });
});
