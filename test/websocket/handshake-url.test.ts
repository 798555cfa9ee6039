import { expect, test } from 'vitest';
import { connect, refused } from './client.ts';
import { route } from './live-api.ts';
import { servePlane } from './served-plane.ts';

test('a URL has 4096 characters at the most', async () => {
  const { origin, invocations } = await servePlane({ routes: [route('$connect')] });
  const longest = `/dev?token=${'a'.repeat(4096 - '/dev?token='.length)}`;
  await connect(origin + longest);
  expect(invocations).toHaveLength(1);
  expect(await refused(`${origin}${longest}a`)).toMatchObject({
    status: 414,
    body: '{"message":"Request URI too long"}',
  });
  expect(invocations).toHaveLength(1);
});

test('DisableExecuteApiEndpoint leaves custom domains alone', async () => {
  const { origin, port, invocations } = await servePlane({
    routes: [route('$connect')],
    disableExecuteApiEndpoint: true,
  });
  const forbidden = { status: 403, body: '{"message":"Forbidden"}' };
  expect(await refused(`${origin}/dev`)).toMatchObject(forbidden);
  const host = 'abcdefghij.execute-api.us-east-1.amazonaws.com';
  expect(await refused(`${origin}/dev`, { headers: { host } })).toMatchObject(forbidden);
  const callback = await fetch(`http://127.0.0.1:${port}/dev/@connections/L0SM9cOFvHcCIhw=`);
  expect([callback.status, await callback.text()]).toEqual([403, forbidden.body]);
  expect(invocations).toEqual([]);
  await connect(`${origin}/dev`, { headers: { host: 'live.example.com' } });
});
