import { isList } from '../text/plain.ts';
import { copyPlace } from '../text/positions.ts';
import type { IntrinsicFunction } from './call.ts';
import { isPending } from './pending.ts';

/** `Fn::Cidr: [ipBlock, count, cidrBits]`: the first blocks of a network, each with as many host bits as `cidrBits`. */
export const cidr: IntrinsicFunction = (call) => {
  const args = call.arguments();
  if (isPending(args)) return call.keep(args);
  const [block, count, bits] = isList(args) ? args : [];
  const network = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(String(block));
  const hostBits = Number(bits ?? 8);
  if (!network || !(Number(count) >= 1 && Number(count) <= 256) || !(hostBits >= 1 && hostBits <= 32)) {
    return call.refuse(
      'Fn::Cidr takes an IPv4 block, a count and the bits of each part.',
      'Write Fn::Cidr: [10.0.0.0/16, 6, 8].',
    );
  }
  const start = network.slice(1, 5).reduce((sum, part) => sum * 256 + Number(part), 0);
  const blocks = Array.from({ length: Number(count) }, (_, i) => {
    const address = start + i * 2 ** hostBits;
    const parts = [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256);
    return `${parts.join('.')}/${32 - hostBits}`;
  });
  return copyPlace(call.node, blocks);
};
