import { didYouMean } from '../../problems.ts';
import { entry, isMap, mapAt, type PlainMap, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { isApart } from '../apis/api-own-definition.ts';
import { type Expansion, getAtt, make, ref, stageSuffix, sub } from '../expansion.ts';
import type { ApiEvent } from './api-event.ts';
import type { FunctionEvent } from './function-event.ts';

export const implicitApis = { Api: 'ServerlessRestApi', HttpApi: 'ServerlessHttpApi' } as const;

/** Api and HttpApi: an operation that the API makes, and the permission to invoke. */
export const apiEvent = (event: FunctionEvent): void => {
  const { eventId, resource, alias, expansion } = event;
  const kind = event.type === 'Api' ? 'Api' : 'HttpApi';
  const { logicalId } = resource;
  const operation = addOperation(event);
  // The permission of the $default route covers the function's other routes; of an alias SAM does not see that.
  if (operation === null || (kind === 'HttpApi' && operation.hasDefault && alias === null)) return;
  const { apiId, path, method } = operation;
  const given = entry(event.properties, idProperty[kind]);
  const verb = method === null || method === 'any' || method === '*' ? '*' : method.toUpperCase();
  // Permissions name path parameters by an asterisk, and drop a slash at the end; HTTP ones keep greedy parameters.
  const shown =
    path === null || path === '$default'
      ? ''
      : kind === 'Api'
        ? path.replace(/\{[^}]*\}/g, '*').replace(/(?<=.)\/+$/, '')
        : path.replace(/\/$/, '').replace(/\{([A-Za-z0-9._-]+|proxy\+)\}/g, '*');
  const suffix = kind === 'Api' ? permissionSuffix(apiId, expansion) : '';
  make(expansion, resource, `${logicalId}${eventId}Permission${suffix}`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: alias ?? ref(logicalId),
    Principal: 'apigateway.amazonaws.com',
    SourceArn: sub(
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${verb}${shown}`,
      { __ApiId__: given === undefined ? ref(implicitApis[kind]) : given, __Stage__: '*' },
    ),
  });
};

const idProperty = { Api: 'RestApiId', HttpApi: 'ApiId' } as const;

/** Gives the API of an event its operation. Null after a refusal; the path of the `$default` route is null. */
export const addOperation = (
  event: FunctionEvent,
  integration?: ApiEvent['integration'],
): {
  readonly apiId: string | null;
  readonly path: string | null;
  readonly method: string | null;
  /** Whether the function has the API's `$default` route already. */
  readonly hasDefault: boolean;
} | null => {
  const { eventId, properties, resource, alias, expansion, place } = event;
  const kind = event.type === 'Api' ? 'Api' : 'HttpApi';
  const { logicalId } = resource;
  const given = entry(properties, idProperty[kind]);
  const named =
    typeof given === 'string' ? given : given !== undefined && isMap(given) ? entry(given, 'Ref') : undefined;
  const apiId = given === undefined ? implicitApis[kind] : typeof named === 'string' ? named : null;
  const path = textAt(properties, 'Path');
  const verb = textAt(properties, 'Method')?.toLowerCase() ?? null;
  const method = verb === 'x-amazon-apigateway-any-method' ? 'any' : verb;
  const isDefaultRoute = kind === 'HttpApi' && path === null && method === null;
  if (!isDefaultRoute && (path === null || method === null)) {
    expansion.problems.add(
      `The event ${eventId} needs ${path === null ? 'a Path' : 'a Method'}.`,
      place,
      kind === 'Api' ? 'Give it Path and Method.' : 'Give it Path and Method, or neither for the $default route.',
    );
    return null;
  }
  if (method !== null && !methods.includes(method)) {
    expansion.problems.add(
      `The event ${eventId} has the Method ${method.toUpperCase()}.`,
      placeOf(properties, 'Method') ?? place,
      `It can be ${methods.join(', ')}.${didYouMean(method, methods)}`,
    );
    return null;
  }
  const api = expansion.source.get(apiId ?? '');
  if (path !== null && !path.startsWith('/') && path !== '$default' && !(api && isApart(api))) {
    expansion.problems.add(
      `The Path of the event ${eventId} does not start with a slash.`,
      placeOf(properties, 'Path') ?? place,
      `Write /${path}.`,
    );
    return null;
  }
  if (apiId === null) return { apiId, path, method, hasDefault: false };
  refuseUnknownAuthorizer(kind, eventId, apiId, properties, expansion);
  const events = expansion.apiEvents.get(apiId) ?? [];
  const hasDefault = events.some((event) => event.functionId === logicalId && event.path === '$default');
  expansion.apiEvents.set(apiId, events);
  events.push({
    kind,
    functionId: logicalId,
    target: alias ?? getAtt(logicalId, 'Arn'),
    eventId,
    path: path ?? '$default',
    method: method === null || method === '*' ? 'any' : method,
    properties,
    place,
    ...(integration ? { integration } : {}),
  });
  return { apiId, path, method, hasDefault };
};

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'any', '*'];

const refuseUnknownAuthorizer = (
  kind: 'Api' | 'HttpApi',
  eventId: string,
  apiId: string,
  properties: PlainMap,
  expansion: Expansion,
): void => {
  const auth = mapAt(properties, 'Auth');
  const name = textAt(auth, 'Authorizer');
  const api = expansion.source.get(apiId);
  if (name === null || name === 'NONE' || name === 'AWS_IAM' || api?.type !== `AWS::Serverless::${kind}`) return;
  if (entry(api.properties, 'DefinitionBody') ?? entry(api.properties, 'DefinitionUri')) return;
  const known = Object.keys(mapAt(mapAt(api.properties, 'Auth'), 'Authorizers'));
  if (known.includes(name)) return;
  expansion.problems.add(
    `The event ${eventId} names the authorizer ${name}, which ${apiId} does not have.`,
    placeOf(auth, 'Authorizer') ?? api.place,
    `Declare it under Auth: Authorizers of the API.${didYouMean(name, known)}`,
  );
};

/** SAM ends the permission's id with the stage's name where that is written plainly. */
const permissionSuffix = (apiId: string | null, expansion: Expansion): string => {
  const api = apiId === null ? undefined : expansion.source.get(apiId);
  return api ? (stageSuffix(api)?.text ?? 'Stage') : 'AllStages';
};
