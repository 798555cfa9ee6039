import { isRecord, typeOf } from './json-node.ts';
import { pointerTo, type SchemaProblem } from './schema-error.ts';
import { schemaSyntax } from './schema-syntax.ts';
import { subschemasOf } from './subschemas.ts';

/** What is wrong with a schema and those within it, in the validator's words. */
export const checkSchema = (schema: unknown, pointer = ''): readonly SchemaProblem[] => {
  if (!isRecord(schema)) {
    return [{ pointer, message: `JSON value is of type ${typeOf(schema)}, not a JSON Schema (expected an object)` }];
  }
  const own = Object.keys(schema)
    .filter((keyword) => Object.hasOwn(schemaSyntax, keyword))
    .sort()
    .flatMap((keyword) => {
      const at = pointerTo(pointer, [keyword]);
      return problemsOf(keyword, schema).map((message) => ({ pointer: at, message }));
    });
  // What is not even of the right type holds no schemas.
  const inner = subschemasOf(schema).flatMap((each) => checkSchema(each.schema, pointerTo(pointer, each.path)));
  return [...own, ...inner];
};

const problemsOf = (keyword: string, schema: Readonly<Record<string, unknown>>): readonly string[] => {
  const { types, check } = schemaSyntax[keyword]!;
  const value = schema[keyword];
  const found = typeOf(value);
  if (!types.includes(found))
    return [`value has incorrect type (found ${found}, expected one of [${types.join(', ')}])`];
  return check?.(value as never, schema) ?? [];
};
