import type { Resource } from '../../resource.ts';
import { entry, isList, isMap, isTrue, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';
import { type ApiEvent, invocationUri } from '../events/api-event.ts';
import type { Expansion } from '../expansion.ts';
import { mapOperations } from './api-auth.ts';

export const httpSecuritySchemes = (resource: Resource, auth: PlainMap, expansion: Expansion): PlainMap => {
  const schemes: Record<string, Plain> = {};
  if (isTrue(entry(auth, 'EnableIamAuthorizer'))) {
    schemes.AWS_IAM = {
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'awsSigv4',
    };
  }
  const authorizers = mapAt(auth, 'Authorizers');
  for (const [name, authorizer] of Object.entries(authorizers)) {
    const place = placeOf(authorizers, name) ?? resource.place;
    const scheme = isMap(authorizer) ? (jwtScheme(authorizer) ?? lambdaScheme(authorizer)) : null;
    if (scheme) schemes[name] = copyPlace(authorizer as PlainMap, scheme);
    else {
      expansion.problems.add(
        `The authorizer ${name} of ${resource.logicalId} has neither JwtConfiguration nor FunctionArn.`,
        place,
        'Give it one of the two.',
      );
    }
  }
  return schemes;
};

const jwtScheme = (authorizer: PlainMap): PlainMap | null => {
  const configuration = entry(authorizer, 'JwtConfiguration');
  if (configuration === undefined || !isMap(configuration)) return null;
  const lower = Object.fromEntries(Object.entries(configuration).map(([key, value]) => [key.toLowerCase(), value]));
  return {
    type: 'oauth2',
    'x-amazon-apigateway-authorizer': {
      type: 'jwt',
      jwtConfiguration: lower,
      identitySource: entry(authorizer, 'IdentitySource') ?? '$request.header.Authorization',
    },
  };
};

const lambdaScheme = (authorizer: PlainMap): PlainMap | null => {
  const target = entry(authorizer, 'FunctionArn');
  if (target === undefined) return null;
  const identity = mapAt(authorizer, 'Identity');
  const sources: string[] = [];
  for (const [group, prefix] of [
    ['Headers', '$request.header'],
    ['QueryStrings', '$request.querystring'],
    ['StageVariables', '$stageVariables'],
    ['Context', '$context'],
  ] as const) {
    const names = entry(identity, group);
    if (names !== undefined && isList(names)) sources.push(...names.map((name) => `${prefix}.${String(name)}`));
  }
  const ttl = entry(identity, 'ReauthorizeEvery');
  const role = entry(authorizer, 'FunctionInvokeRole');
  return {
    type: 'apiKey',
    name: 'Unused',
    in: 'header',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: invocationUri(target),
      authorizerPayloadFormatVersion: String(entry(authorizer, 'AuthorizerPayloadFormatVersion') ?? '2.0'),
      ...(sources.length > 0 ? { identitySource: sources } : {}),
      ...(ttl === undefined ? {} : { authorizerResultTtlInSeconds: ttl }),
      ...(isTrue(entry(authorizer, 'EnableSimpleResponses')) ? { enableSimpleResponses: true } : {}),
      ...(role === undefined || role === 'NONE' ? {} : { authorizerCredentials: role }),
    },
  };
};

/** The event's own authorizer, or the API's default, which spares OPTIONS. */
export const routeSecurity = (event: ApiEvent, auth: PlainMap): Plain[] => {
  const own = mapAt(event.properties, 'Auth');
  const chosen = textAt(own, 'Authorizer') ?? (event.method === 'options' ? null : textAt(auth, 'DefaultAuthorizer'));
  if (chosen === null || chosen === 'NONE') return [];
  const scopes =
    entry(own, 'AuthorizationScopes') ?? entry(mapAt(mapAt(auth, 'Authorizers'), chosen), 'AuthorizationScopes');
  return [{ [chosen]: scopes !== undefined && isList(scopes) ? scopes : [] }];
};

/** Lays the API's default authorizer over every route of a given definition that names none; OPTIONS is spared. */
export const applyDefaultRouteAuth = (paths: PlainMap, auth: PlainMap): PlainMap => {
  const authorizer = textAt(auth, 'DefaultAuthorizer');
  if (authorizer === null) return paths;
  const scopes = entry(mapAt(mapAt(auth, 'Authorizers'), authorizer), 'AuthorizationScopes');
  return mapOperations(paths, (method, operation) => {
    const given = entry(operation, 'security');
    if (method === 'options' || (given !== undefined && isList(given) && given.length > 0)) return operation;
    return copyPlace(operation, {
      ...operation,
      security: [{ [authorizer]: scopes !== undefined && isList(scopes) ? scopes : [] }],
    });
  });
};
