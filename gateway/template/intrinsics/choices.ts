import { entry, isList, isMap } from '../text/plain.ts';
import type { IntrinsicFunction } from './call.ts';
import { isPending } from './pending.ts';

/** Only the branch that is taken is evaluated: the other may name what its condition leaves out. */
export const ifCondition: IntrinsicFunction = (call) => {
  const [name, yes, no] = isList(call.args) ? call.args : [];
  if (typeof name !== 'string' || yes === undefined || no === undefined) {
    return call.refuse('Fn::If takes a condition and two values.', 'Write Fn::If: [Condition, value, other].');
  }
  return call.evaluate(call.scope.condition(name, call.place) ? yes : no);
};

export const findInMap: IntrinsicFunction = (call) => {
  const args = call.arguments();
  const [map, first, second, options] = isList(args) ? args : [];
  if (isPending(args)) return call.keep(args);
  const top = typeof map === 'string' ? entry(call.scope.mappings, map) : undefined;
  if (!isMap(top)) {
    return call.refuse(`Fn::FindInMap: there is no mapping ${String(map)}.`, 'Declare it under Mappings.');
  }
  const inner = entry(top, String(first));
  const value = isMap(inner) ? entry(inner, String(second)) : undefined;
  if (value !== undefined) return value;
  const fallback = isMap(options ?? null) ? entry(options as Record<string, never>, 'DefaultValue') : undefined;
  if (fallback !== undefined) return fallback;
  return call.refuse(
    `Fn::FindInMap: the mapping ${String(map)} has no ${String(first)} → ${String(second)}.`,
    `Its first keys are ${Object.keys(top).join(', ')}.`,
  );
};

/** Another stack's export is not here. A text that no name, ARN or URL equals stands for it, and `check` says so. */
export const importValue: IntrinsicFunction = (call) => {
  const name = call.arguments();
  if (isPending(name)) return call.keep(name);
  if (typeof name !== 'string') return call.refuse('Fn::ImportValue takes a name.', 'Write Fn::ImportValue: name.');
  return `{{import:${name}}}`;
};

export const notInResources: IntrinsicFunction = (call) =>
  call.refuse(
    `${call.name} has its place under Conditions alone.`,
    'Declare a condition and use Fn::If with its name.',
  );
