import { didYouMean } from '../problems.ts';
import { entry, isList, isMap, type Plain } from '../text/plain.ts';
import { type Call, type IntrinsicFunction, type Removed, removed } from './call.ts';
import { withoutExtensions } from './language-extensions.ts';
import { intrinsicName, isPending, pendingName } from './pending.ts';

/** Only the branch that is taken is evaluated: the other may name what its condition leaves out. */
export const ifCondition: IntrinsicFunction = (call) => {
  const args = isList(call.args) ? call.args : [];
  const [name, yes, no] = args;
  if (typeof name !== 'string' || yes === undefined || no === undefined || args.length > 3) {
    return call.refuse('Fn::If takes a condition and two values.', 'Write Fn::If: [Condition, value, other].');
  }
  return call.evaluate(call.scope.condition(name, call.place) ? yes : no);
};

export const findInMap: IntrinsicFunction = (call) => {
  const args = isList(call.args) ? call.args : [];
  const options = args[3];
  const hasDefault = options !== undefined && isMap(options) && Object.hasOwn(options, 'DefaultValue');
  if (args.length < 3 || args.length > 4 || (args.length === 4 && !hasDefault)) {
    return call.refuse(
      'Fn::FindInMap takes a mapping, two keys and perhaps a default.',
      'Write Fn::FindInMap: [Mapping, key, key] or [Mapping, key, key, {DefaultValue: value}].',
    );
  }
  if (hasDefault && withoutExtensions(call, 'The DefaultValue of Fn::FindInMap') !== null) return '';
  const names: string[] = [];
  for (const written of args.slice(0, 3)) {
    const name = keyOf(call, written);
    if (name === null) return '';
    names.push(name);
  }
  const [map, first, second] = names as [string, string, string];
  const top = entry(call.scope.mappings, map);
  const inner = isMap(top ?? null) ? entry(top as Record<string, Plain>, first) : undefined;
  const value = isMap(inner ?? null) ? entry(inner as Record<string, Plain>, second) : undefined;
  if (value !== undefined && value !== null) return value;
  if (hasDefault) return call.evaluate((options as { DefaultValue: Plain }).DefaultValue);
  if (top === undefined || !isMap(top)) {
    const remedy = `Declare it under Mappings.${didYouMean(map, Object.keys(call.scope.mappings))}`;
    return call.refuse(`Fn::FindInMap: there is no mapping ${map}.`, remedy);
  }
  const what = `Fn::FindInMap: the mapping ${map} has no ${first} → ${second}.`;
  return isMap(inner ?? null)
    ? call.refuse(what, `Of ${first} it has ${Object.keys(inner as object).join(', ')}.`)
    : call.refuse(what, `Its first keys are ${Object.keys(top).join(', ')}.`);
};

/** A name in Fn::FindInMap as text. AWS alone resolves `Ref` of a parameter and Fn::FindInMap there. */
const keyOf = (call: Call, written: Plain): string | null => {
  const name = intrinsicName(written);
  const isPlain = name === null || name === 'Ref' || name === 'Fn::FindInMap';
  if (!isPlain && withoutExtensions(call, `${name} inside Fn::FindInMap`) !== null) return null;
  const value: Plain | Removed = call.evaluate(written);
  if (value !== removed && value !== null && typeof value !== 'object') return String(value);
  call.refuse(
    value !== removed && isPending(value)
      ? `Fn::FindInMap refers to ${pendingName(value)}, which is no parameter.`
      : 'Each name of Fn::FindInMap must be text.',
    'Build it of texts, parameters and pseudo parameters.',
  );
  return null;
};

export const notInResources: IntrinsicFunction = (call) =>
  call.refuse(
    `${call.name} has its place under Conditions alone.`,
    'Declare a condition and use Fn::If with its name.',
  );
