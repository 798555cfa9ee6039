import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameWatch } from '#gateway/websocket/frame-watch.ts';
import { frame, opcodes } from './client.ts';

test('the message with the first oversized frame is found, however the bytes arrive', () => {
  const size = fc.oneof(fc.integer({ min: 0, max: 200 }), fc.constantFrom(125, 126, 32_767, 32_768, 32_769, 65_536));
  const sent = fc.record({ size, fin: fc.boolean(), ping: fc.boolean() });
  const cuts = fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(sent, { maxLength: 6 }), cuts, (frames, sizes) => {
      let messages = 0;
      let expected = Number.POSITIVE_INFINITY;
      const bytes = Buffer.concat(
        frames.map(({ size: length, fin, ping }) => {
          if (ping) return frame(opcodes.ping, Buffer.alloc(Math.min(length, 125)));
          if (length > 32_768) expected = Math.min(expected, messages);
          if (fin) messages++;
          return frame(opcodes.text, Buffer.alloc(length, 'a'), fin);
        }),
      );
      const watch = new FrameWatch();
      for (let at = 0, i = 0; at < bytes.length; i++) {
        const end = at + sizes[i % sizes.length]!;
        watch.push(bytes.subarray(at, end));
        at = end;
      }
      expect(watch.oversized).toBe(expected);
    }),
    { numRuns: 150 },
  );
});
