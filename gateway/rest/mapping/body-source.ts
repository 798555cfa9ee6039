import { compilePath } from '../../mapping/jsonpath/compile-path.ts';
import { JsonPathError, JsonPathSyntaxError } from '../../mapping/jsonpath/errors.ts';
import { readJson } from '../../mapping/vtl/read-json.ts';
import { jsonText } from '../../mapping/vtl/values/json.ts';
import type { Value } from '../../mapping/vtl/values/value.ts';
import type { RestContext } from '../context.ts';
import { RestError } from '../gateway-response.ts';
import type { ParameterSource } from './parameter-source.ts';

type Side = 'request' | 'response';

/** A parameter's value from a body: the whole of it, or what a JSONPath without its `$.` finds. Null: it is no JSONPath. */
export const compileBodySource = (side: Side, path: string | null): ParameterSource | null => {
  if (path === null) {
    return (context) => {
      const text = bodyText(side, context);
      documentOf(side, text);
      return text;
    };
  }
  const compiled = pathOf(path);
  if (!compiled) return null;
  return (context) => {
    const document = documentOf(side, bodyText(side, context));
    return document === undefined ? undefined : found(compiled.read, document);
  };
};

const pathOf = (path: string) => {
  try {
    return compilePath(path.startsWith('[') ? `$${path}` : `$.${path}`);
  } catch (error) {
    if (error instanceof JsonPathSyntaxError) return null;
    throw error;
  }
};

const found = (read: (document: unknown) => unknown, document: Value): string | undefined => {
  try {
    const value = read(document) as Value;
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : jsonText(value, 'plain');
  } catch (error) {
    if (error instanceof JsonPathError) return undefined;
    throw error;
  }
};

/** An empty body is an empty object. */
const bodyText = (side: Side, context: RestContext): string =>
  (side === 'request' ? context.body : context.integrationResult!.body).toString() || '{}';

/** What begins like JSON must be JSON, even where the whole text is wanted; undefined for what does not begin like it. */
const documentOf = (side: Side, text: string): Value => {
  if (!/^\s*[[{'"]/.test(text)) return undefined;
  try {
    return readJson(text);
  } catch {
    throw side === 'request'
      ? new RestError('DEFAULT_4XX', { reason: notJson('request'), message: notJson('request') })
      : new RestError('DEFAULT_5XX', { reason: notJson('response'), errorType: 'InternalFailureException' });
  }
};

const notJson = (side: Side): string => `Invalid JSON in ${side} body`;
