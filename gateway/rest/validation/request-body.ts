import { type CompiledSchema, compileSchema } from '../../mapping/json-schema/compile-schema.ts';
import { importedSchema } from '../../mapping/json-schema/imported-schema.ts';
import { parseJsonText } from '../../mapping/json-schema/json-text.ts';
import { modelResolver } from '../../mapping/json-schema/model-references.ts';
import { SchemaError } from '../../mapping/json-schema/schema-error.ts';
import type { RestModel } from '../../model/rest-api.ts';
import { builtInModels } from './built-in-models.ts';

export type BodyFailure = {
  /** The content type whose model the body does not match. */
  readonly contentType: string;
  readonly errors: readonly string[];
};

/** Null where the body is valid, or no model is there for its content type, in lower case and without parameters. */
export type BodyValidator = (contentType: string | null, body: string) => BodyFailure | null;

/** The validator of a schema by the name of its model. Throws a `SchemaError` for one that is invalid or not there. */
export type CompiledModels = (name: string) => CompiledSchema;

/** Compiles the models of an API, each when it is first asked for. */
export const compileModels = (models: Readonly<Record<string, RestModel>>): CompiledModels => {
  let schemas: Readonly<Record<string, unknown>> | null = null;
  const compiled = new Map<string, CompiledSchema>();
  return (name) => {
    const known = compiled.get(name);
    if (known) return known;
    schemas ??= schemasOf(models);
    if (!Object.hasOwn(schemas, name)) throw new SchemaError([{ pointer: '', message: `there is no model "${name}"` }]);
    const made = compileSchema(schemas[name], modelResolver(schemas));
    compiled.set(name, made);
    return made;
  };
};

const schemasOf = (models: Readonly<Record<string, RestModel>>): Readonly<Record<string, unknown>> => {
  const own = Object.values(models).map(({ name, schema, isImported }) => {
    const given = schemaOf(schema);
    return [name, isImported ? importedSchema(given, modelAddress) : given] as const;
  });
  return { ...builtInModels, ...Object.fromEntries(own) };
};

/** Models refer to models of their own API only, whatever id stands there. */
const modelAddress = (name: string): string => `https://apigateway.amazonaws.com/restapis/0/models/${name}`;

/** Templates give a schema as JSON or as text. */
const schemaOf = (schema: unknown): unknown => {
  if (typeof schema !== 'string') return schema;
  try {
    return parseJsonText(schema);
  } catch {
    throw new SchemaError([{ pointer: '', message: 'the schema is no JSON' }]);
  }
};

/** Compiles what a method's `requestModels` say. A request without a content type has JSON. */
export const compileBodyValidator = (
  requestModels: Readonly<Record<string, string>>,
  models: CompiledModels,
): BodyValidator => {
  const schemas = new Map(Object.entries(requestModels).map(([type, name]) => [type.toLowerCase(), models(name)]));
  return (sentType, body) => {
    const contentType = sentType ?? 'application/json';
    const schema = schemas.get(contentType) ?? schemas.get('$default');
    const errors = schema ? errorsOf(schema, body) : [];
    return errors.length === 0 ? null : { contentType, errors };
  };
};

const errorsOf = (schema: CompiledSchema, body: string): readonly string[] => {
  let value: unknown;
  try {
    value = parseJsonText(body);
  } catch {
    return ['Unknown error parsing request body'];
  }
  return schema.validate(value);
};

/** What the execution log says of it. */
export const bodyFailureReason = ({ contentType, errors }: BodyFailure): string =>
  `Request body does not match model schema for content type ${contentType}: ${listed(errors)}`;

/**
 * `$context.error.validationErrorString`. Its quotes and backslashes are escaped, for templates put it between the quotes of
 * a JSON string.
 */
export const validationErrorString = ({ errors }: BodyFailure): string => JSON.stringify(listed(errors)).slice(1, -1);

const listed = (errors: readonly string[]): string => `[${errors.join(', ')}]`;
