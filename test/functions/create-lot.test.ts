import { expect, test } from 'vitest';
import { call, sampleEvent, useBackingServices } from './backing-services.ts';

useBackingServices();

const sample = JSON.parse(sampleEvent('market/create-lot').body);
const create = (changes: object) => call('market/create-lot', { body: JSON.stringify({ ...sample, ...changes }) });

test('the sample event lists a lot, which is found where its Location says', async () => {
  const { status, headers, body } = await call('market/create-lot');
  expect(status).toBe(201);
  expect(headers.location).toBe(`/lots/${body.lotId}`);
  expect(body).toEqual({
    lotId: expect.stringMatching(/^lot-[0-9a-f-]{13}$/),
    make: 'Volvo',
    model: 'P1800 S',
    year: 1967,
    startPriceCents: 2_500_000,
    reserveMet: false,
    closesAt: '2099-12-24T18:00:00.000Z',
    status: 'open',
    version: 0,
  });
  const found = await call('market/get-lot', { pathParameters: { lotId: body.lotId } });
  expect(found.body).toEqual(body);
});

test('a lot without a reserve meets it', async () => {
  const { body } = await create({ reservePriceCents: undefined });
  expect(body.reserveMet).toBe(true);
});

test('a closing time in another zone is that moment', async () => {
  const { body } = await create({ closesAt: '2099-12-24T19:00:00+01:00' });
  expect(body.closesAt).toBe('2099-12-24T18:00:00.000Z');
});

test.each([
  ['make', 'Trabant'],
  ['make', undefined],
  ['model', ''],
  ['model', 'x'.repeat(81)],
  ['year', 1885],
  ['year', 1967.5],
  ['year', 2099],
  ['startPriceCents', 0],
  ['startPriceCents', 10.5],
  ['startPriceCents', '2500000'],
  ['reservePriceCents', 1],
  ['closesAt', '2020-01-01T00:00:00Z'],
  ['closesAt', '2099-12-24'],
  ['version', 7],
])('%s: %s is refused by the name of its field', async (field, value) => {
  const { status, body } = await create({ [field]: value });
  expect(status).toBe(400);
  expect(body.error).toMatchObject({ code: 'invalid-input', field, message: expect.stringContaining(field) });
});

test.each([null, '', '{', '[]', '"lot"', 'null'])('the body %s is refused', async (text) => {
  const { status, body } = await call('market/create-lot', { body: text });
  expect(status).toBe(400);
  expect(body.error.field).toBe('body');
});
