import type { QueryParameters } from '../../mapping/query-string.ts';
import type { RequestHeaders } from '../../mapping/request-headers.ts';
import type { PathParameters } from '../route-tree.ts';

/** What of a request may be required. */
export type ParametersOfRequest = {
  readonly headers: RequestHeaders;
  readonly query: QueryParameters;
  readonly pathParameters: PathParameters | null;
};

/** The names of the required parameters that a request lacks, in the order in which API Gateway names them. */
export type FindMissingParameters = (request: ParametersOfRequest) => readonly string[];

/**
 * Compiles a method's `requestParameters`. They are looked for in the order of their keys, hence headers first, then those
 * of the path, then those of the query. One that is there and blank is missing.
 */
export const compileRequiredParameters = (parameters: Readonly<Record<string, boolean>>): FindMissingParameters => {
  const required = Object.keys(parameters)
    .filter((key) => parameters[key])
    .sort()
    .flatMap((key) => {
      const [, position, name] = /^method\.request\.(header|path|querystring)\.(.+)$/.exec(key) ?? [];
      return position && name ? [{ name, values: valuesOf[position as Position](name) }] : [];
    });
  return (request) =>
    required.filter(({ values }) => !values(request)?.some((value) => value.trim() !== '')).map(({ name }) => name);
};

export const missingParametersMessage = (names: readonly string[]): string =>
  `Missing required request parameters: [${names.join(', ')}]`;

type Position = 'header' | 'path' | 'querystring';

/** Names of headers are held against the declared ones with their case. */
const valuesOf: Readonly<
  Record<Position, (name: string) => (request: ParametersOfRequest) => readonly string[] | undefined>
> = {
  header: (name) => {
    const key = name.toLowerCase();
    return ({ headers }) => {
      const found = headers.get(key);
      return found?.name === name ? found.values : undefined;
    };
  },
  path:
    (name) =>
    ({ pathParameters }) =>
      pathParameters && Object.hasOwn(pathParameters, name) ? [pathParameters[name]!] : undefined,
  querystring:
    (name) =>
    ({ query }) =>
      query.get(name),
};
