import type { RestContext } from '../context.ts';
import { requestContext } from '../request-context.ts';
import { compileBodySource } from './body-source.ts';

/** Reads one value of a request or of what its backend answered; undefined where its source is absent. */
export type ParameterSource = (context: RestContext) => string | undefined;

/** Compiles the right-hand side of a parameter mapping. Null: it is no expression that API Gateway knows. */
export const compileParameterSource = (expression: string): ParameterSource | null => {
  const body = /^(method\.request|integration\.response)\.body(?:\.(.+))?$/.exec(expression);
  if (body) return compileBodySource(body[1] === 'method.request' ? 'request' : 'response', body[2] ?? null);
  const header = /^integration\.response\.(header|multivalueheader)\.(.+)$/.exec(expression);
  return header ? responseHeader(header[1]!, header[2]!) : compileRequestSource(expression);
};

/** Compiles an expression of a gateway response, which knows nothing of bodies and of what a backend answered. */
export const compileRequestSource = (expression: string): ParameterSource | null => {
  if (expression.startsWith("'") && expression.endsWith("'") && expression.length > 1) {
    const literal = expression.slice(1, -1);
    return () => literal;
  }
  const [head, ...rest] = expression.split('.');
  if (head === 'stageVariables') {
    const name = rest.join('.');
    return (context) => own(context.variant?.variables, name);
  }
  if (head === 'context') return (context) => contextVariable(context, rest);
  const match = /^method\.request\.([a-z]+)\.(.+)$/.exec(expression);
  return match ? requestParameter(match[1]!, match[2]!) : null;
};

const own = (record: Readonly<Record<string, string>> | null | undefined, name: string): string | undefined =>
  record && Object.hasOwn(record, name) ? record[name] : undefined;

/** Header and query names are case-sensitive in mappings. */
const requestParameter = (position: string, name: string): ParameterSource | null => {
  const header: (context: RestContext) => readonly string[] | undefined = (context) => {
    const found = context.headers.get(name.toLowerCase());
    return found?.name === name ? found.values : undefined;
  };
  switch (position) {
    case 'path':
      return (context) => own(context.pathParameters, name);
    case 'querystring':
      return (context) => context.query.get(name)?.at(-1);
    case 'multivaluequerystring':
      return (context) => context.query.get(name)?.join(',');
    case 'header':
      return (context) => header(context)?.at(-1);
    case 'multivalueheader':
      return (context) => header(context)?.join(',');
    default:
      return null;
  }
};

/** Choice: a backend's header is found in whatever case it comes, since servers differ in it. */
const responseHeader = (position: string, name: string): ParameterSource => {
  const key = name.toLowerCase();
  return ({ integrationResult }) => {
    const flat = integrationResult?.headers ?? [];
    const values = flat.filter((_, at) => at % 2 === 1 && flat[at - 1]!.toLowerCase() === key);
    return position === 'header' ? values.at(-1) : values.length > 0 ? values.join(',') : undefined;
  };
};

/** `$context.a.b`: what proxy events show under `requestContext`; absent before its deployment is known. */
export const contextVariable = (context: RestContext, path: readonly string[]): string | undefined => {
  if (path.length === 1) {
    if (path[0] === 'requestId') return context.requestId;
    if (path[0] === 'extendedRequestId') return context.extendedRequestId;
  }
  if (!context.variant) return undefined;
  let value: unknown = requestContext(context);
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
};
