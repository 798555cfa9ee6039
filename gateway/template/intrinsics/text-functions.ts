import { isList, isMap, type Plain } from '../text/plain.ts';
import { copyPlace } from '../text/positions.ts';
import type { IntrinsicFunction } from './call.ts';
import { intrinsicName, isPending } from './pending.ts';

export const join: IntrinsicFunction = (call) => {
  const args = call.arguments();
  const [delimiter, items] = isList(args) ? args : [];
  if (items !== undefined && intrinsicName(items) !== null) return call.keep(args);
  if (typeof items === 'string' && call.scope.standIns.includes(items)) return items;
  if (typeof delimiter !== 'string' || !isList(items)) {
    return call.refuse('Fn::Join takes a delimiter and a list.', 'Write Fn::Join: [",", [a, b]].');
  }
  if (items.some(isPending)) return call.keep(args);
  if (items.some((item) => isMap(item) || isList(item))) {
    return call.refuse('Fn::Join can only join texts.', 'Take the map or list out of it.');
  }
  return items.join(delimiter);
};

export const select: IntrinsicFunction = (call) => {
  const args = call.arguments();
  const [index, items] = isList(args) ? args : [];
  if (index !== undefined && items !== undefined && (isPending(index) || intrinsicName(items) !== null))
    return call.keep(args);
  if (typeof items === 'string' && call.scope.standIns.includes(items)) return items;
  if (!isList(items)) return call.refuse('Fn::Select takes an index and a list.', 'Write Fn::Select: [0, [a, b]].');
  const chosen = /^\d+$/.test(String(index)) ? items[Number(index)] : undefined;
  if (chosen === undefined) {
    if (call.scope.standIns.includes(items)) return items.at(-1)!;
    return call.refuse(
      `Fn::Select: there is no item ${String(index)} in a list of ${items.length}.`,
      'Indexes start at 0.',
    );
  }
  return chosen;
};

export const split: IntrinsicFunction = (call) => {
  const args = call.arguments();
  const [delimiter, text] = isList(args) ? args : [];
  if (text !== undefined && isPending(text)) return call.keep(args);
  if (typeof delimiter !== 'string' || delimiter === '' || typeof text !== 'string') {
    return call.refuse('Fn::Split takes a delimiter and a text.', 'Write Fn::Split: [",", "a,b"].');
  }
  const items = copyPlace(call.node, text.split(delimiter));
  return call.scope.standIns.includes(text) ? call.scope.standIns.addList(items) : items;
};

export const base64: IntrinsicFunction = (call) => {
  const text = call.arguments();
  if (isPending(text)) return call.keep(text);
  if (typeof text === 'object') return call.refuse('Fn::Base64 takes a text.', 'Write Fn::Base64: text.');
  return Buffer.from(String(text)).toString('base64');
};

/** Three zones, whose names end in a, b and c. Some Regions have more: a further one that is selected is the last of these. */
export const getAzs: IntrinsicFunction = (call) => {
  const region: Plain = call.arguments();
  if (typeof region !== 'string' && region !== null) {
    return call.refuse('Fn::GetAZs takes the name of a Region.', 'Write Fn::GetAZs: {Ref: AWS::Region}.');
  }
  const name = typeof region === 'string' && region !== '' ? region : call.scope.region;
  return call.scope.standIns.addList(['a', 'b', 'c'].map((zone) => name + zone));
};
