import type { Place } from '../../model/place.ts';
import type { Problems } from '../problems.ts';
import type { Reader } from '../reader.ts';
import { createReader } from '../reader.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, placeOf } from '../text/positions.ts';
import { readParameters } from './parameters.ts';
import { lookUp } from './pointer.ts';

/** An OpenAPI 3.0 or Swagger 2.0 document that describes an API. */
export type OpenApiDocument = {
  readonly root: Reader;
  readonly isSwagger2: boolean;
  readonly securitySchemes: PlainMap;
  readonly schemas: PlainMap;
  /** Each operation, in the order of the document. */
  readonly operations: readonly Operation[];
  /** What a `$ref` of this document leads to; the value itself where it is none. */
  follow(value: Plain, place: Place): Plain;
};

export type Operation = {
  readonly path: string;
  /** What the operation is called in its path: `get`, `x-amazon-apigateway-any-method`. */
  readonly key: string;
  /** Upper case, or ANY. */
  readonly method: string;
  readonly reader: Reader;
  /** The path's parameters under the operation's own, references followed. */
  readonly parameters: readonly PlainMap[];
};

/** Where an operation stands in its document. */
export const pathOf = ({ path, key }: Operation): string => `paths.${path}.${key}`;

const verbs = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const anyMethod = 'x-amazon-apigateway-any-method';

export const readOpenApi = (body: PlainMap, place: Place, owner: string, problems: Problems): OpenApiDocument => {
  const root = createReader(body, placeOf(body) ?? place, `the definition of ${owner}`, problems);
  const isSwagger2 = entry(body, 'swagger') !== undefined;
  refuseVersion(root, owner);
  const components = root.within('components');

  const follow = (value: Plain, at: Place): Plain => {
    let current = value;
    for (let depth = 0; isMap(current) && typeof current.$ref === 'string'; depth++) {
      const pointer = current.$ref;
      const target = depth < 32 && pointer.startsWith('#/') ? lookUp(body, pointer.slice(1)) : undefined;
      if (target === undefined) {
        problems.add(
          `$ref: there is nothing at ${pointer}.`,
          placeOf(current) ?? at,
          'References lead to places inside the document, as in #/components/schemas/Lot.',
        );
        return {};
      }
      current = target;
    }
    return current;
  };

  const operations: Operation[] = [];
  const paths = root.map('paths');
  for (const [path, given] of Object.entries(paths)) {
    const at = placeOf(paths, path) ?? root.place;
    if (path.startsWith('x-')) continue;
    const item = follow(given, at);
    if (!isMap(item)) {
      problems.add(
        `The path ${path} must be a map of operations, not ${describe(item)}.`,
        at,
        'Write its methods under it.',
      );
      continue;
    }
    const shared = readParameters(item, path, follow, at, problems);
    for (const key of Object.keys(item)) {
      if (!verbs.includes(key) && key !== anyMethod) continue;
      const operation = item[key]!;
      const operationPlace = placeOf(item, key) ?? at;
      const method = key === anyMethod ? 'ANY' : key.toUpperCase();
      if (!isMap(operation)) {
        problems.add(
          `${method} ${path} must be a map, not ${describe(operation)}.`,
          operationPlace,
          'Describe the operation.',
        );
        continue;
      }
      const own = readParameters(operation, `${method} ${path}`, follow, operationPlace, problems);
      const isOverridden = (parameter: PlainMap): boolean =>
        own.some((other) => other.name === parameter.name && other.in === parameter.in);
      operations.push({
        path,
        key,
        method,
        reader: createReader(operation, operationPlace, `${method} ${path}`, problems),
        parameters: [...shared.filter((parameter) => !isOverridden(parameter)), ...own],
      });
    }
  }

  return {
    root,
    isSwagger2,
    securitySchemes: isSwagger2 ? root.map('securityDefinitions') : components.map('securitySchemes'),
    schemas: isSwagger2 ? root.map('definitions') : components.map('schemas'),
    operations,
    follow,
  };
};

/** Versions may have lost their zeros on the way through YAML. */
const refuseVersion = (root: Reader, owner: string): void => {
  const swagger = root.text('swagger');
  const version = root.text('openapi') ?? swagger;
  if (version === null) {
    root.refuse(
      'openapi',
      `The definition of ${owner} does not say which version of OpenAPI it is.`,
      'Write openapi: 3.0.1 or swagger: "2.0".',
    );
  } else if (!(version === swagger ? /^2(\.0)?$/ : /^3(\.0(\.\d+)?)?$/).test(version)) {
    root.refuse(
      swagger === null ? 'openapi' : 'swagger',
      `API Gateway does not import version ${version} of OpenAPI.`,
      'It takes openapi: 3.0.x and swagger: "2.0"; write the definition as one of the two.',
    );
  }
};

/** The name at the end of a reference to a schema; null for any other value. */
export const schemaName = (value: Plain): string | null => {
  if (!isMap(value) || typeof value.$ref !== 'string') return null;
  return /^#\/(?:components\/schemas|definitions)\/([^/]+)$/.exec(value.$ref)?.[1] ?? null;
};

/** A reader of a value that may be a reference. */
export const readerOf = (
  document: OpenApiDocument,
  value: Plain,
  place: Place,
  name: string,
  problems: Problems,
): Reader => {
  const followed = document.follow(value, place);
  const map = isMap(followed) ? followed : {};
  return createReader(isMap(value) ? copyPlace(value, map) : map, place, name, problems);
};
