import { entry, isList, isMap, isTrue, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { setPlace } from '../../text/positions.ts';
import { type ApiEvent, invocationUri } from '../events/api-event.ts';
import type { Expansion } from '../expansion.ts';
import { operationSecurity } from './api-auth.ts';

/** The paths of a REST API that SAM makes of function events. */
export const managedPaths = (events: readonly ApiEvent[], auth: PlainMap, expansion: Expansion): PlainMap => {
  const paths: Record<string, Record<string, Plain>> = {};
  for (const event of events) {
    const key = event.method === 'any' ? 'x-amazon-apigateway-any-method' : event.method;
    const item = Object.hasOwn(paths, event.path) ? paths[event.path]! : {};
    paths[event.path] = item;
    if (Object.hasOwn(item, key)) {
      expansion.problems.add(
        `Two events stand for ${event.method.toUpperCase()} ${event.path} of the same API.`,
        event.place,
        'Remove one of them.',
      );
      continue;
    }
    const operation = restOperation(event, auth);
    setPlace(operation, event.place);
    item[key] = operation;
    setPlace(item, event.place);
  }
  return paths;
};

const restOperation = (event: ApiEvent, auth: PlainMap): PlainMap => {
  const { properties } = event;
  const streamed = textAt(properties, 'ResponseTransferMode') === 'RESPONSE_STREAM';
  const timeout = entry(properties, 'TimeoutInMillis');
  const eventAuth = mapAt(properties, 'Auth');
  const { parameters, cacheKeys } = requestParameters(entry(properties, 'RequestParameters'));
  const model = mapAt(properties, 'RequestModel');
  const modelName = textAt(model, 'Model')?.toLowerCase();
  const validator = validatorOf(event);
  const security = operationSecurity(eventAuth, auth);
  const credentials = iamCredentials(eventAuth, auth);
  return {
    ...(security.length > 0 ? { security } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(modelName
      ? {
          requestBody: {
            required: isTrue(entry(model, 'Required')),
            content: { 'application/json': { schema: { $ref: `#/components/schemas/${modelName}` } } },
          },
        }
      : {}),
    ...(validator === null ? {} : { 'x-amazon-apigateway-request-validator': validator }),
    responses: event.integration ? { 200: { description: 'OK' }, 400: { description: 'Bad Request' } } : {},
    'x-amazon-apigateway-integration': event.integration ?? {
      type: 'aws_proxy',
      httpMethod: 'POST',
      uri: invocationUri(event.target, streamed ? 'streamed' : 'buffered'),
      ...(streamed ? { responseTransferMode: 'STREAM' } : {}),
      ...(timeout === undefined ? {} : { timeoutInMillis: timeout }),
      ...(cacheKeys.length > 0 ? { cacheKeyParameters: cacheKeys } : {}),
      ...(credentials === null ? {} : { credentials }),
    },
  };
};

/** `method.request.querystring.a`, or a map from it to `{Required, Caching}`. */
const requestParameters = (value: Plain | undefined): { parameters: Plain[]; cacheKeys: Plain[] } => {
  const parameters: Plain[] = [];
  const cacheKeys: Plain[] = [];
  for (const item of value !== undefined && isList(value) ? value : []) {
    const [name, options] = isMap(item) ? (Object.entries(item)[0] ?? ['', null]) : [String(item), null];
    const parts = /^method\.request\.(querystring|path|header)\.(.+)$/.exec(name);
    if (!parts) continue;
    const settings = isMap(options) ? options : {};
    parameters.push({
      name: parts[2]!,
      in: parts[1] === 'querystring' ? 'query' : parts[1]!,
      required: isTrue(entry(settings, 'Required')),
      schema: { type: 'string' },
    });
    if (isTrue(entry(settings, 'Caching'))) cacheKeys.push(name);
  }
  return { parameters, cacheKeys };
};

const validators: Readonly<Record<string, PlainMap>> = {
  'body-and-params': { validateRequestBody: true, validateRequestParameters: true },
  'body-only': { validateRequestBody: true, validateRequestParameters: false },
  'params-only': { validateRequestBody: false, validateRequestParameters: true },
  'no-validation': { validateRequestBody: false, validateRequestParameters: false },
};

/** SAM names its validators by what they validate. */
const validatorOf = (event: ApiEvent): string | null => {
  const model = mapAt(event.properties, 'RequestModel');
  if (entry(model, 'ValidateBody') === undefined && entry(model, 'ValidateParameters') === undefined) return null;
  const body = isTrue(entry(model, 'ValidateBody'));
  const parameters = isTrue(entry(model, 'ValidateParameters'));
  if (body) return parameters ? 'body-and-params' : 'body-only';
  return parameters ? 'params-only' : 'no-validation';
};

/** The validators that the events of an API need. */
export const managedValidators = (events: readonly ApiEvent[]): PlainMap =>
  Object.fromEntries(
    events.map(validatorOf).flatMap((name): [string, PlainMap][] => (name === null ? [] : [[name, validators[name]!]])),
  );

/**
 * With IAM authorization SAM calls the function with the caller's credentials unless told otherwise. Where that is the
 * API's default, an event with any `Auth` of its own gets none.
 */
const iamCredentials = (eventAuth: PlainMap, apiAuth: PlainMap): Plain | null => {
  const isDefault = textAt(apiAuth, 'DefaultAuthorizer') === 'AWS_IAM' && Object.keys(eventAuth).length === 0;
  if (!isDefault && textAt(eventAuth, 'Authorizer') !== 'AWS_IAM') return null;
  const role = entry(eventAuth, 'InvokeRole') ?? entry(apiAuth, 'InvokeRole');
  if (role === 'NONE') return null;
  return role === undefined || role === null || role === 'CALLER_CREDENTIALS' ? 'arn:aws:iam::*:user/*' : role;
};
