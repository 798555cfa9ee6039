import { applySchema } from './apply-schema.ts';
import { decimalKey } from './decimal.ts';
import { isNumber, isRecord, jsonText, toDecimal } from './json-node.ts';
import type { Keyword, KeywordPlace } from './keyword.ts';
import { messages } from './messages.ts';
import type { Check } from './schema-node.ts';

type List = readonly unknown[];

const minItems: Keyword = {
  types: ['array'],
  compile: ({ schema }) => {
    const least = Number(schema.minItems);
    return ((list, report) => {
      if (list.length < least) report.push(messages.minItems(least, list.length));
    }) satisfies Check<List>;
  },
};

const maxItems: Keyword = {
  types: ['array'],
  compile: ({ schema }) => {
    const most = Number(schema.maxItems);
    return ((list, report) => {
      if (list.length > most) report.push(messages.maxItems(most, list.length));
    }) satisfies Check<List>;
  },
};

const uniqueItems: Keyword = {
  types: ['array'],
  compile: ({ schema }) =>
    schema.uniqueItems === true
      ? (((list, report) => {
          const distinct = list.every((each) => typeof each === 'string') ? list : list.map(identity);
          if (new Set(distinct).size < list.length) report.push(messages.uniqueItems());
        }) satisfies Check<List>)
      : null,
};

/** Equal for elements that the validator takes for duplicates. Objects are, if their members come in the same order. */
const identity = (value: unknown): string => {
  if (isNumber(value)) return decimalKey(toDecimal(value));
  if (Array.isArray(value)) return `[${value.map(identity).join()}]`;
  if (!isRecord(value)) return jsonText(value);
  return `{${Object.entries(value)
    .map(([name, member]) => `${jsonText(name)}:${identity(member)}`)
    .join()}}`;
};

const additionalItems: Keyword = {
  types: ['array'],
  compile: ({ schema }) => {
    if (schema.additionalItems !== false || !Array.isArray(schema.items)) return null;
    const allowed = schema.items.length;
    return ((list, report) => {
      if (list.length > allowed) report.push(messages.additionalItems(allowed, list.length));
    }) satisfies Check<List>;
  },
};

export const keywordsOfLists: Readonly<Record<string, Keyword>> = { minItems, maxItems, uniqueItems, additionalItems };

/** Applies `items` and `additionalItems` to the elements. Without `items`, `additionalItems` is for all. */
export const compileElements = ({ schema, node }: KeywordPlace): Check<List> | null => {
  const { items } = schema;
  const first = Array.isArray(items) ? items.map((_, index) => node('items', index)) : [];
  const rest = isRecord(items) ? node('items') : isRecord(schema.additionalItems) ? node('additionalItems') : null;
  if (first.length === 0 && !rest) return null;
  return (list, report) => {
    for (let index = 0; index < list.length; index++) {
      const element = index < first.length ? first[index]! : rest;
      if (element) applySchema(element, list[index], report, null);
    }
  };
};
