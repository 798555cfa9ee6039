import { isPattern, matchesWhole } from '../../java-regex/java-regex.ts';
import type { Place } from '../../model/place.ts';
import { assetParameter } from '../assets/asset-parameters.ts';
import { didYouMean, type Problems } from '../problems.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { type ParameterType, parameterType, typesFor } from './parameter-types.ts';
import { parameterOf } from './stored-values.ts';
import type { Values } from './values-file.ts';

/** Where values come from. */
type Given = {
  /** What samconfig gives, which may name more than the template declares. */
  readonly fromConfig: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, string>>;
  readonly values: Values;
};

/** The value of every parameter of the template: what `Ref` gives. */
export const readParameters = (template: PlainMap, given: Given, problems: Problems): ReadonlyMap<string, Plain> => {
  const declared = entry(template, 'Parameters');
  const values = new Map<string, Plain>();
  const definitions = isMap(declared ?? null) ? (declared as PlainMap) : {};
  for (const name of Object.keys(given.overrides)) {
    if (!Object.hasOwn(definitions, name)) {
      problems.add(
        `The template has no parameter ${name}.`,
        isMap(declared) ? placeOf(declared) : null,
        `Leave it out.${didYouMean(name, Object.keys(definitions))}`,
      );
    }
  }
  for (const [name, definition] of Object.entries(definitions)) {
    const place = placeOf(definitions, name);
    if (isMap(definition)) {
      const value = readParameter({ name, definition, place }, given, problems);
      if (value !== undefined) values.set(name, value);
    } else {
      problems.add(`The parameter ${name} must be a map, not ${describe(definition)}.`, place, 'Give it a Type.');
    }
  }
  return values;
};

type Declared = { readonly name: string; readonly definition: PlainMap; readonly place: Place | null };

/** A parameter's value; undefined after a problem. */
const readParameter = (declared: Declared, given: Given, problems: Problems): Plain | undefined => {
  const { name, definition, place } = declared;
  const type = typeOf(declared, problems);
  const text =
    entry(given.overrides, name) ??
    entry(given.fromConfig, name) ??
    defaultOf(name, definition, problems) ??
    assetParameter(name);
  if (text === null) {
    problems.add(
      `The parameter ${name} has no value.`,
      place,
      `Give it a Default, or --parameter-overrides ${name}=…, or parameter_overrides in samconfig.toml.`,
    );
  }
  if (text === null || type === null) return undefined;
  const items = type.isList && !type.isStored ? itemsOf(text) : [text];
  const isHidden = String(entry(definition, 'NoEcho')) === 'true';
  if (isHidden) for (const item of items) problems.hide(item);
  for (const item of items) {
    const wrong = violation(item, type, definition);
    if (wrong === null) continue;
    const hint = typeof definition.ConstraintDescription === 'string' ? ` (${definition.ConstraintDescription})` : '';
    const shown = isHidden ? 'not shown' : JSON.stringify(item);
    problems.add(`The parameter ${name} is ${shown}, but ${wrong}${hint}.`, place, 'Give it another value.');
  }
  if (!type.isStored) return type.isList ? items : text;
  const value = parameterOf(given.values, text);
  if (value === undefined) {
    const what = `The parameter ${name} is the SSM parameter ${text}, which has no value here.`;
    const entryOf = `ssm: {${JSON.stringify(text)}: value}`;
    problems.add(what, place, `Write ${entryOf} into ${given.values.file}, or name another file with --values.`);
    return undefined;
  }
  const found = type.isList ? listOf(value) : textOf(value);
  if (isHidden) problems.hide(textOf(found));
  return found;
};

const typeOf = ({ name, definition, place }: Declared, problems: Problems): ParameterType | null => {
  const written = entry(definition, 'Type');
  const type = typeof written === 'string' ? parameterType(written) : null;
  if (type !== null) return type;
  const shown = typeof written === 'string' ? written : describe(written);
  if (written === undefined) problems.add(`The parameter ${name} has no Type.`, place, 'Write Type: String.');
  else problems.add(`The parameter ${name} has the Type ${shown}.`, placeOf(definition, 'Type'), typesFor(shown));
  return null;
};

const itemsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(',').map((item) => item.trim()));
const listOf = (value: Plain): readonly string[] => (isList(value) ? value.map(String) : itemsOf(String(value)));
const textOf = (value: Plain): string => (isList(value) ? value.join(',') : String(value));

const defaultOf = (name: string, definition: PlainMap, problems: Problems): string | null => {
  const value = entry(definition, 'Default');
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object') return String(value);
  problems.add(
    `The Default of the parameter ${name} must be text, not ${describe(value)}.`,
    placeOf(definition, 'Default'),
    isList(value) ? 'Write the items as one text, with commas between them.' : 'No function runs there.',
  );
  return '';
};

/** What is wrong with a value. Of a stored parameter it is the name that must keep to this. */
const violation = (value: string, type: ParameterType, definition: PlainMap): string | null => {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = definition;
  if (isList(AllowedValues) && !AllowedValues.some((allowed) => String(allowed) === value)) {
    return `it must be one of ${AllowedValues.map((allowed) => JSON.stringify(String(allowed))).join(', ')}`;
  }
  // One that JavaScript cannot say is not held against a value.
  if (typeof AllowedPattern === 'string' && isPattern(AllowedPattern) && !matchesWhole(value, AllowedPattern))
    return `it must match ${AllowedPattern}`;
  if (type.isNumber && !type.isStored) {
    if (!/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(value.trim())) return 'it must be a number';
    const number = Number(value);
    if (MinValue !== undefined && number < Number(MinValue)) return `it must be at least ${MinValue}`;
    if (MaxValue !== undefined && number > Number(MaxValue)) return `it must be at most ${MaxValue}`;
  } else {
    if (MinLength !== undefined && value.length < Number(MinLength))
      return `it must have at least ${MinLength} characters`;
    if (MaxLength !== undefined && value.length > Number(MaxLength))
      return `it must have at most ${MaxLength} characters`;
  }
  return null;
};
