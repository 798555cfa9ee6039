import { isIPv6 } from 'node:net';
import { isList } from '../text/plain.ts';
import { copyPlace } from '../text/positions.ts';
import type { IntrinsicFunction } from './call.ts';
import { isPending } from './pending.ts';

/** `Fn::Cidr: [ipBlock, count, cidrBits]`: the first blocks of a network, each with as many host bits as `cidrBits`. */
export const cidr: IntrinsicFunction = (call) => {
  const args = call.arguments();
  if (isPending(args)) return call.keep(args);
  const [block, count, bits] = isList(args) ? args : [];
  const network = networkOf(String(block));
  const [wanted, hostBits] = [Number(count), Number(bits ?? 8)];
  if (typeof block === 'string' && call.scope.standIns.includes(block))
    return call.scope.standIns.addList(copyPlace(call.node, [block]));
  const isWhole = Number.isInteger(wanted) && Number.isInteger(hostBits);
  if (!network || !isWhole || wanted < 1 || wanted > 256 || hostBits < 1 || hostBits > network.width) {
    return call.refuse(
      'Fn::Cidr takes a block of IPv4 or IPv6, a count up to 256 and the bits of each part.',
      'Write Fn::Cidr: [10.0.0.0/16, 6, 8].',
    );
  }
  const size = 1n << BigInt(hostBits);
  if (BigInt(wanted) * size > 1n << BigInt(network.width - network.prefix)) {
    return call.refuse(
      `Fn::Cidr: ${String(block)} has no room for ${wanted} blocks of ${hostBits} bits.`,
      'Ask for fewer, or for smaller ones.',
    );
  }
  const blocks = Array.from({ length: wanted }, (_, i) => {
    const address = network.start + BigInt(i) * size;
    return `${network.width === 32 ? textOfV4(address) : textOfV6(address)}/${network.width - hostBits}`;
  });
  return copyPlace(call.node, blocks);
};

type Network = { readonly start: bigint; readonly prefix: number; readonly width: 32 | 128 };

const networkOf = (block: string): Network | null => {
  const [, address = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(block) ?? [];
  const v4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  const width = v4 ? 32 : 128;
  if ((v4 ? v4.some((part) => part > 255) : !isIPv6(address)) || Number(length) > width) return null;
  const parts = v4
    ? v4.map((part) => [BigInt(part), 8n] as const)
    : groupsOf(address).map((part) => [part, 16n] as const);
  const whole = parts.reduce((sum, [part, size]) => (sum << size) | part, 0n);
  const hostBits = BigInt(width - Number(length));
  return { start: (whole >> hostBits) << hostBits, prefix: Number(length), width };
};

/** The eight groups of an IPv6 address, `::` filled in. */
const groupsOf = (address: string): readonly bigint[] => {
  const [head = '', tail] = address.split('::');
  const groups = (text: string): bigint[] => (text === '' ? [] : text.split(':').map((group) => BigInt(`0x${group}`)));
  const [before, after] = [groups(head), groups(tail ?? '')];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => 0n), ...after];
};

const textOfV4 = (address: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');

/** The shortest way to write it: of the runs of zero groups the longest goes away. */
const textOfV6 = (address: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, i) => ((address >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  const whole = `:${groups.join(':')}:`;
  const runs = [...whole.matchAll(/(?::0)+(?=:)/g)].sort((a, b) => b[0].length - a[0].length);
  const longest = runs.find((run) => run[0].length > 2);
  if (!longest) return groups.join(':');
  const [before, after] = [whole.slice(1, longest.index), whole.slice(longest.index + longest[0].length + 1, -1)];
  return `${before}::${after}`;
};
