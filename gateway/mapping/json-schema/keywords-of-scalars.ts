import { isMultipleOf } from './decimal.ts';
import {
  compareNumbers,
  isSameJson,
  type JsonNumber,
  type TypeName,
  toDecimal,
  typeNames,
  typeOf,
} from './json-node.ts';
import type { Keyword } from './keyword.ts';
import { messages } from './messages.ts';
import type { Check } from './schema-node.ts';

const type: Keyword = {
  types: typeNames,
  compile: ({ schema }) => {
    const allowed = new Set([schema.type as TypeName | TypeName[]].flat());
    if (allowed.has('number')) allowed.add('integer');
    return ((value, report) => {
      const found = typeOf(value);
      if (!allowed.has(found)) report.push(messages.type(found, allowed));
    }) satisfies Check;
  },
};

const enumeration: Keyword = {
  types: typeNames,
  compile: ({ schema }) => {
    const possible = schema.enum as readonly unknown[];
    const strings = new Set(possible.filter((each) => typeof each === 'string'));
    return ((value, report) => {
      const isKnown = typeof value === 'string' ? strings.has(value) : possible.some((each) => isSameJson(each, value));
      if (!isKnown) report.push(messages.enum(value, possible));
    }) satisfies Check;
  },
};

const numbers: readonly TypeName[] = ['integer', 'number'];

/** A whole number of a schema is an integer, however it is written there. */
const boundOf = (value: JsonNumber): JsonNumber => {
  const exact = toDecimal(value);
  if (exact.scale > 0) return value;
  const whole = exact.unscaled * 10n ** BigInt(-exact.scale);
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
};

const minimum: Keyword = {
  types: numbers,
  compile: ({ schema }) => {
    const least = boundOf(schema.minimum as JsonNumber);
    const isExclusive = schema.exclusiveMinimum === true;
    return ((value, report) => {
      const order = compareNumbers(value, least);
      if (order < 0) report.push(messages.minimum(least, value));
      else if (order === 0 && isExclusive) report.push(messages.exclusiveMinimum(least));
    }) satisfies Check<JsonNumber>;
  },
};

const maximum: Keyword = {
  types: numbers,
  compile: ({ schema }) => {
    const most = boundOf(schema.maximum as JsonNumber);
    const isExclusive = schema.exclusiveMaximum === true;
    return ((value, report) => {
      const order = compareNumbers(value, most);
      if (order > 0) report.push(messages.maximum(most, value));
      else if (order === 0 && isExclusive) report.push(messages.exclusiveMaximum(most));
    }) satisfies Check<JsonNumber>;
  },
};

const multipleOf: Keyword = {
  types: numbers,
  compile: ({ schema }) => {
    const divisor = boundOf(schema.multipleOf as JsonNumber);
    const exact = toDecimal(divisor);
    const whole = typeof divisor === 'number' && Number.isSafeInteger(divisor) ? divisor : null;
    return ((value, report) => {
      const isMultiple =
        whole !== null && typeof value === 'number' ? value % whole === 0 : isMultipleOf(toDecimal(value), exact);
      if (!isMultiple) report.push(messages.multipleOf(value, divisor));
    }) satisfies Check<JsonNumber>;
  },
};

/** Characters, not UTF-16 units: an emoji counts once. */
const lengthOf = (text: string): number => {
  let length = 0;
  for (const _ of text) length++;
  return length;
};

const minLength: Keyword = {
  types: ['string'],
  compile: ({ schema }) => {
    const least = Number(schema.minLength);
    return ((value, report) => {
      if (value.length >= 2 * least) return;
      const length = lengthOf(value);
      if (length < least) report.push(messages.minLength(value, length, least));
    }) satisfies Check<string>;
  },
};

const maxLength: Keyword = {
  types: ['string'],
  compile: ({ schema }) => {
    const most = Number(schema.maxLength);
    return ((value, report) => {
      if (value.length <= most) return;
      const length = lengthOf(value);
      if (length > most) report.push(messages.maxLength(value, length, most));
    }) satisfies Check<string>;
  },
};

/** The validator asks a JavaScript engine too, for a match anywhere in the text. */
const pattern: Keyword = {
  types: ['string'],
  compile: ({ schema }) => {
    const source = String(schema.pattern);
    const regex = new RegExp(source);
    return ((value, report) => {
      if (!regex.test(value)) report.push(messages.pattern(source, value));
    }) satisfies Check<string>;
  },
};

export const keywordsOfScalars: Readonly<Record<string, Keyword>> = {
  type,
  enum: enumeration,
  minimum,
  maximum,
  multipleOf,
  minLength,
  maxLength,
  pattern,
};
