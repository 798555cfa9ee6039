import { isRecord } from './json-node.ts';
import { subschemasOf } from './subschemas.ts';

/** What API Gateway leaves out of a schema that it imports with an OpenAPI document, by its list of known issues. */
const leftOut: ReadonlySet<string> = new Set([
  'default',
  'deprecated',
  'discriminator',
  'example',
  'exclusiveMinimum',
  'maxItems',
  'minItems',
  'nullable',
  'readOnly',
]);

/** A schema of an OpenAPI document as API Gateway makes a model of it. `modelAddress` is that of the model of a name. */
export const importedSchema = (schema: unknown, modelAddress: (name: string) => string): unknown => {
  const imported: unknown = structuredClone(schema);
  leaveOut(imported, modelAddress);
  return imported;
};

const reference = /^#\/(?:components\/schemas|definitions)\/([^/]+)$/;

/** Changes the copy. */
const leaveOut = (schema: unknown, modelAddress: (name: string) => string): void => {
  if (!isRecord(schema)) return;
  const copy: Record<string, unknown> = schema;
  for (const keyword of leftOut) delete copy[keyword];
  if (typeof copy.$ref === 'string') copy.$ref = copy.$ref.replace(reference, (_, name) => modelAddress(name));
  for (const inner of subschemasOf(copy)) leaveOut(inner.schema, modelAddress);
};
