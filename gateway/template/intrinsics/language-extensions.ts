import { isList } from '../text/plain.ts';
import type { IntrinsicFunction } from './call.ts';
import { intrinsicName, isPending } from './pending.ts';

/** `Fn::Length`: what stands in a list may be unknown yet, how many stand there is not. */
export const length: IntrinsicFunction = (call) => {
  const items = call.arguments();
  if (isList(items)) return items.length;
  if (intrinsicName(items) !== null) return call.keep(items);
  return call.refuse('Fn::Length takes a list.', 'Write Fn::Length: [a, b].');
};

export const toJsonString: IntrinsicFunction = (call) => {
  const value = call.arguments();
  if (isPending(value)) return call.keep(value);
  if (typeof value !== 'object' || value === null) {
    return call.refuse('Fn::ToJsonString takes a map or a list.', 'Write Fn::ToJsonString: {a: 1}.');
  }
  return JSON.stringify(value);
};
