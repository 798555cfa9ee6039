import { applySchema } from './apply-schema.ts';
import { inHashOrder } from './hash-order.ts';
import { isRecord } from './json-node.ts';
import { type Keyword, type KeywordPlace, sortedNames } from './keyword.ts';
import { messages } from './messages.ts';
import type { Check, SchemaNode } from './schema-node.ts';

type Members = Readonly<Record<string, unknown>>;

const countOf = (members: Members): number => Object.keys(members).length;

const minProperties: Keyword = {
  types: ['object'],
  compile: ({ schema }) => {
    const least = Number(schema.minProperties);
    return ((members, report) => {
      const count = countOf(members);
      if (count < least) report.push(messages.minProperties(count, least));
    }) satisfies Check<Members>;
  },
};

const maxProperties: Keyword = {
  types: ['object'],
  compile: ({ schema }) => {
    const most = Number(schema.maxProperties);
    return ((members, report) => {
      const count = countOf(members);
      if (count > most) report.push(messages.maxProperties(count, most));
    }) satisfies Check<Members>;
  },
};

const required: Keyword = {
  types: ['object'],
  compile: ({ schema }) => {
    const names = [...(schema.required as readonly string[])].sort();
    return ((members, report) => {
      for (const name of names) {
        if (Object.hasOwn(members, name)) continue;
        report.push(messages.required(names.filter((each) => !Object.hasOwn(members, each))));
        return;
      }
    }) satisfies Check<Members>;
  },
};

const additionalProperties: Keyword = {
  types: ['object'],
  compile: ({ schema }) => {
    if (schema.additionalProperties !== false) return null;
    const known = new Set(Object.keys(schema.properties ?? {}));
    const patterns = sortedNames(schema.patternProperties).map((pattern) => new RegExp(pattern));
    const isUnwanted = (name: string): boolean => !known.has(name) && !patterns.some((pattern) => pattern.test(name));
    return ((members, report) => {
      for (const name in members) {
        if (!isUnwanted(name)) continue;
        report.push(messages.additionalProperties(sortedNames(members).filter(isUnwanted)));
        return;
      }
    }) satisfies Check<Members>;
  },
};

const dependencies: Keyword = {
  types: ['object'],
  compile: ({ schema, sameValue }) => {
    const all = Object.entries(schema.dependencies as Members);
    const names = inHashOrder(all)
      .filter(([, dependency]) => Array.isArray(dependency))
      .map(([name, dependency]) => ({ name, wanted: [...(dependency as string[])].sort() }));
    const schemas = all
      .filter(([, dependency]) => isRecord(dependency))
      .map(([name]) => ({ name, node: sameValue('dependencies', name) }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
    return ((members, report, trail) => {
      for (const { name, wanted } of names) {
        if (!Object.hasOwn(members, name)) continue;
        const missing = wanted.filter((each) => !Object.hasOwn(members, each));
        if (missing.length > 0) report.push(messages.dependencies(name, wanted, missing));
      }
      for (const { name, node } of schemas) if (Object.hasOwn(members, name)) applySchema(node, members, report, trail);
    }) satisfies Check<Members>;
  },
};

export const keywordsOfObjects: Readonly<Record<string, Keyword>> = {
  minProperties,
  maxProperties,
  required,
  additionalProperties,
  dependencies,
};

/** Applies the schemas of members, in the order of their names. Those of `additionalProperties` are for all others. */
export const compileMembers = ({ schema, node }: KeywordPlace): Check<Members> | null => {
  const properties = new Map(sortedNames(schema.properties).map((name) => [name, node('properties', name)]));
  const patterns = sortedNames(schema.patternProperties).map((pattern) => ({
    regex: new RegExp(pattern),
    node: node('patternProperties', pattern),
  }));
  const others = isRecord(schema.additionalProperties) ? node('additionalProperties') : null;
  if (patterns.length === 0 && !others) return properties.size === 0 ? null : ofNamedOnly([...properties]);
  return (members, report) => {
    for (const name of sortedNames(members)) {
      const named = properties.get(name);
      if (named) applySchema(named, members[name], report, null);
      let isKnown = named !== undefined;
      for (const pattern of patterns) {
        if (!pattern.regex.test(name)) continue;
        isKnown = true;
        applySchema(pattern.node, members[name], report, null);
      }
      if (!isKnown && others) applySchema(others, members[name], report, null);
    }
  };
};

const ofNamedOnly =
  (properties: readonly (readonly [string, SchemaNode])[]): Check<Members> =>
  (members, report) => {
    for (const [name, node] of properties) {
      if (Object.hasOwn(members, name)) applySchema(node, members[name], report, null);
    }
  };
