import { isList, type Plain } from '../text/plain.ts';
import type { Call, IntrinsicFunction } from './call.ts';
import { intrinsicName, isPending } from './pending.ts';
import { addExtensions } from './transforms.ts';

/** Refuses what only the transform AWS::LanguageExtensions brings; null where the template asks for it. */
export const withoutExtensions = (call: Call, what: string): Plain | null =>
  call.scope.languageExtensions
    ? null
    : call.refuse(`${what} needs the transform AWS::LanguageExtensions.`, addExtensions);

/** `Fn::Length`: what stands in a list may be unknown yet, how many stand there is not. */
export const length: IntrinsicFunction = (call) => {
  const refused = withoutExtensions(call, 'Fn::Length');
  if (refused !== null) return refused;
  const items = call.arguments();
  if (isList(items)) return items.length;
  if (intrinsicName(items) !== null) return call.keep(items);
  return call.refuse('Fn::Length takes a list.', 'Write Fn::Length: [a, b].');
};

export const toJsonString: IntrinsicFunction = (call) => {
  const refused = withoutExtensions(call, 'Fn::ToJsonString');
  if (refused !== null) return refused;
  const value = call.arguments();
  if (isPending(value)) return call.keep(value);
  if (typeof value !== 'object' || value === null) {
    return call.refuse('Fn::ToJsonString takes a map or a list.', 'Write Fn::ToJsonString: {a: 1}.');
  }
  return JSON.stringify(value);
};
