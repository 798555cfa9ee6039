import { beforeAll, expect, test } from 'vitest';
import { call, invoke, useBackingServices } from './backing-services.ts';

useBackingServices();
beforeAll(async () => {
  await invoke('demo/seed-demo', {});
});

const list = (query: Record<string, string> | null) => call('market/list-lots', { queryStringParameters: query });
const ids = (body: { lots: { lotId: string }[] }) => body.lots.map((lot) => lot.lotId);

test('the sample event lists the open Volvos', async () => {
  const { status, body } = await call('market/list-lots');
  expect(status).toBe(200);
  expect(body.lots).toMatchObject([{ lotId: 'demo-03', make: 'Volvo', status: 'open', version: 0, reserveMet: false }]);
});

test('open lots come with the one that closes next first', async () => {
  const { body } = await list(null);
  expect(ids(body)).toEqual(Array.from({ length: 12 }, (_, index) => `demo-${String(index + 1).padStart(2, '0')}`));
  expect(body.next).toBeUndefined();
});

test('pages follow each other without a gap and end', async () => {
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const { body } = await list({ limit: '5', ...(after && { after }) });
    seen.push(...ids(body));
    after = body.next;
  } while (after);
  expect(seen).toHaveLength(12);
  expect(new Set(seen).size).toBe(12);
});

test('no lot is closed yet, and the reserve price is nobody’s to see', async () => {
  expect((await list({ status: 'closed' })).body).toEqual({ lots: [] });
  expect(JSON.stringify((await list(null)).body)).not.toMatch(/reservePrice/);
});

test.each([
  [{ limit: '0' }, 'limit'],
  [{ limit: '101' }, 'limit'],
  [{ limit: 'ten' }, 'limit'],
  [{ status: 'sold' }, 'status'],
  [{ make: 'Trabant' }, 'make'],
  [{ after: 'not-a-cursor' }, 'after'],
  [{ after: Buffer.from('["x",1e300]').toString('base64url') }, 'after'],
])('%o is refused by the name of its field', async (query, field) => {
  const { status, body } = await list(query as unknown as Record<string, string>);
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 'invalid-input', field, message: expect.stringContaining(field) });
});
