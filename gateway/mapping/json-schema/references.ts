import { checkSchema } from './check-schema.ts';
import { isRecord, typeOf } from './json-node.ts';
import { pointerTo, SchemaError } from './schema-error.ts';

/** The schema of another model by its address, `https://apigateway.amazonaws.com/restapis/{apiId}/models/{name}`. */
export type ResolveModel = (address: string) => unknown;

type Schema = Readonly<Record<string, unknown>>;
type Document = { readonly address: string; readonly schema: Schema };

/** A schema, where it stands, and the whole that references within it begin from. */
export type Place = { readonly schema: Schema; readonly pointer: string; readonly document: Document };

/** The schema that is compiled, and the models that it refers to. Each is checked when it is first met. */
export class SchemaDocuments {
  private readonly models = new Map<string, Document>();
  private readonly resolveModel: ResolveModel;

  constructor(resolveModel: ResolveModel) {
    this.resolveModel = resolveModel;
  }

  root(schema: unknown): Place {
    const document = checked('', schema);
    return { schema: document.schema, pointer: '', document };
  }

  within(place: Place, path: readonly (string | number)[]): Place {
    const schema = path.reduce<unknown>(
      (value, step) => (value as Record<string | number, unknown>)[step],
      place.schema,
    );
    return { schema: schema as Schema, pointer: pointerTo(place.pointer, path), document: place.document };
  }

  /** Where a reference leads, over further ones; a place without one itself. What stands beside a `$ref` does not count. */
  follow(place: Place): Place {
    const seen = new Set<Schema>();
    let at = place;
    while (typeof at.schema.$ref === 'string') {
      if (seen.has(at.schema)) throw invalid(place, `JSON Reference "${at.schema.$ref}" loops on itself`);
      seen.add(at.schema);
      at = this.target(at, at.schema.$ref);
    }
    return at;
  }

  private target(place: Place, reference: string): Place {
    const [address = '', fragment = ''] = reference.split('#', 2);
    const document = address === '' || address === place.document.address ? place.document : this.model(address);
    const steps = document && stepsOf(fragment);
    const schema = steps?.reduce<unknown>(memberOf, document?.schema);
    if (!document || schema === undefined) throw invalid(place, `JSON Reference "${reference}" cannot be resolved`);
    if (!isRecord(schema)) {
      throw invalid(place, `JSON value is of type ${typeOf(schema)}, not a JSON Schema (expected an object)`);
    }
    return { schema, pointer: document.address + pointerTo('', steps ?? []), document };
  }

  private model(address: string): Document | null {
    const known = this.models.get(address);
    if (known) return known;
    const schema = this.resolveModel(address);
    if (schema === undefined) return null;
    const document = checked(address, schema);
    this.models.set(address, document);
    return document;
  }
}

const invalid = ({ pointer }: Place, message: string): SchemaError => new SchemaError([{ pointer, message }]);

const checked = (address: string, schema: unknown): Document => {
  const problems = checkSchema(schema, address);
  if (problems.length > 0) throw new SchemaError(problems);
  return { address, schema: schema as Schema };
};

/** The steps of a JSON Pointer in an address, or null where it is none. */
const stepsOf = (fragment: string): readonly string[] | null => {
  if (fragment === '') return [];
  try {
    const pointer = decodeURIComponent(fragment);
    if (!pointer.startsWith('/')) return null;
    return pointer
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  } catch {
    return null;
  }
};

const memberOf = (value: unknown, step: string): unknown => {
  if (Array.isArray(value)) return value[/^(0|[1-9]\d*)$/.test(step) ? Number(step) : -1];
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
};
