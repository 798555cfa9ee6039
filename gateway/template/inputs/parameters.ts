import { didYouMean, type Problems } from '../problems.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** The value of every parameter of the template: what `Ref` gives. */
export const readParameters = (
  template: PlainMap,
  fromConfig: Readonly<Record<string, string>>,
  overrides: Readonly<Record<string, string>>,
  problems: Problems,
): ReadonlyMap<string, Plain> => {
  const declared = entry(template, 'Parameters');
  const values = new Map<string, Plain>();
  const definitions = isMap(declared) ? declared : {};
  for (const name of Object.keys(overrides)) {
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
    if (!isMap(definition)) {
      problems.add(`The parameter ${name} must be a map, not ${describe(definition)}.`, place, 'Give it a Type.');
      continue;
    }
    const type = typeof definition.Type === 'string' ? definition.Type : 'String';
    if (!isType(type)) {
      problems.add(
        `The parameter ${name} has the Type ${type}.`,
        placeOf(definition, 'Type') ?? place,
        `It can be ${plainTypes.join(', ')}, List<…>, or a type of AWS.${didYouMean(type, plainTypes)}`,
      );
    }
    const given = overrides[name] ?? fromConfig[name] ?? text(entry(definition, 'Default'));
    if (given === null) {
      problems.add(
        `The parameter ${name} has no value.`,
        place,
        `Give it a Default, or --parameter-overrides ${name}=…, or parameter_overrides in samconfig.toml.`,
      );
      continue;
    }
    const isListType = type === 'CommaDelimitedList' || type.startsWith('List<');
    const items = isListType ? (given === '' ? [] : given.split(',').map((item) => item.trim())) : [given];
    for (const item of items) {
      const wrong = violation(item, type, definition);
      if (wrong) {
        const hint =
          typeof definition.ConstraintDescription === 'string' ? ` (${definition.ConstraintDescription})` : '';
        problems.add(
          `The parameter ${name} is ${JSON.stringify(item)}, but ${wrong}${hint}.`,
          place,
          'Give it another value.',
        );
      }
    }
    values.set(name, isListType ? items : given);
  }
  return values;
};

const plainTypes = ['String', 'Number', 'CommaDelimitedList', 'List<Number>'];
const isType = (type: string): boolean => plainTypes.includes(type) || /^(List<)?(AWS::|String>)/.test(type);

const text = (value: Plain | undefined): string | null => {
  if (value === undefined || value === null) return null;
  if (isList(value)) return value.join(',');
  return isMap(value) ? null : String(value);
};

const violation = (value: string, type: string, definition: PlainMap): string | null => {
  const { AllowedValues, AllowedPattern, MinLength, MaxLength, MinValue, MaxValue } = definition;
  if (isList(AllowedValues) && !AllowedValues.some((allowed) => String(allowed) === value)) {
    return `it must be one of ${AllowedValues.map((allowed) => JSON.stringify(String(allowed))).join(', ')}`;
  }
  if (typeof AllowedPattern === 'string' && !matchesWhole(AllowedPattern, value))
    return `it must match ${AllowedPattern}`;
  if (type === 'Number' || type === 'List<Number>') {
    const number = Number(value);
    if (value.trim() === '' || !Number.isFinite(number)) return 'it must be a number';
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

/** Patterns are Java's; one that JavaScript cannot read is not held against the value. */
const matchesWhole = (pattern: string, value: string): boolean => {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    try {
      return new RegExp(`^(?:${pattern})$`).test(value);
    } catch {
      return true;
    }
  }
};
