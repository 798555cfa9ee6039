import { expect, test } from 'vitest';
import { createIdentityStore } from '#gateway/auth/identity-store.ts';

const options = { accountId: '123456789012', partition: 'aws' };

test('a new store has new credentials; given ones are kept', () => {
  const first = createIdentityStore(options).local;
  const second = createIdentityStore(options).local;
  expect(first.accessKeyId).toMatch(/^AKIA[A-Z0-9]{16}$/);
  expect(second.accessKeyId).not.toBe(first.accessKeyId);
  expect(second.secretAccessKey).not.toBe(first.secretAccessKey);
  const kept = createIdentityStore({ ...options, local: { accessKeyId: 'AKIAKEPT', secretAccessKey: 'kept' } });
  expect(kept.local).toMatchObject({ accessKeyId: 'AKIAKEPT', secretAccessKey: 'kept' });
  expect(kept.byAccessKey('AKIAKEPT')).toBe(kept.local);
});

test('each role has one session of its own', () => {
  const store = createIdentityStore(options);
  const [bidder, watcher] = ['Bidder', 'Watcher'].map((name) =>
    store.forRole(`arn:aws:iam::123456789012:role/${name}`),
  );
  expect(bidder!.accessKeyId).toMatch(/^ASIA/);
  expect(watcher!.accessKeyId).not.toBe(bidder!.accessKeyId);
  expect(store.byAccessKey(bidder!.accessKeyId)).toBe(bidder);
  expect(store.byAccessKey('ASIAUNKNOWN')).toBeNull();
});
