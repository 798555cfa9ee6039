import { accepts } from './apply-schema.ts';
import { typeNames } from './json-node.ts';
import type { Keyword, KeywordPlace } from './keyword.ts';
import { messages } from './messages.ts';
import type { Check, SchemaNode, Trail } from './schema-node.ts';

const schemasOf = ({ schema, sameValue }: KeywordPlace, keyword: string): readonly SchemaNode[] =>
  (schema[keyword] as readonly unknown[]).map((_, index) => sameValue(keyword, index));

/** Every schema is applied, as the validator does: one of them may never end. */
const matched = (schemas: readonly SchemaNode[], value: unknown, trail: Trail | null): number => {
  let count = 0;
  for (const schema of schemas) if (accepts(schema, value, trail)) count++;
  return count;
};

const anyOf: Keyword = {
  types: typeNames,
  compile: (place) => {
    const schemas = schemasOf(place, 'anyOf');
    return ((value, report, trail) => {
      if (matched(schemas, value, trail) === 0) report.push(messages.anyOf(schemas.length));
    }) satisfies Check;
  },
};

const allOf: Keyword = {
  types: typeNames,
  compile: (place) => {
    const schemas = schemasOf(place, 'allOf');
    return ((value, report, trail) => {
      const count = matched(schemas, value, trail);
      if (count < schemas.length) report.push(messages.allOf(count, schemas.length));
    }) satisfies Check;
  },
};

const oneOf: Keyword = {
  types: typeNames,
  compile: (place) => {
    const schemas = schemasOf(place, 'oneOf');
    return ((value, report, trail) => {
      const count = matched(schemas, value, trail);
      if (count !== 1) report.push(messages.oneOf(count, schemas.length));
    }) satisfies Check;
  },
};

const not: Keyword = {
  types: typeNames,
  compile: ({ sameValue }) => {
    const schema = sameValue('not');
    return ((value, report, trail) => {
      if (accepts(schema, value, trail)) report.push(messages.not());
    }) satisfies Check;
  },
};

export const keywordsOfSchemas: Readonly<Record<string, Keyword>> = { anyOf, allOf, oneOf, not };
