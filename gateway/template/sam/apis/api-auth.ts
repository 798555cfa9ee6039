import type { Resource } from '../../resource.ts';
import { entry, isFalse, isList, isMap, isTrue, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';
import { invocationUri } from '../events/api-event.ts';
import type { Expansion } from '../expansion.ts';

const iamScheme: PlainMap = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  'x-amazon-apigateway-authtype': 'awsSigv4',
};

/** The security schemes that `Auth` declares, and those that SAM always knows. */
export const securitySchemes = (resource: Resource, auth: PlainMap, expansion: Expansion): PlainMap => {
  const schemes: Record<string, Plain> = {
    AWS_IAM: iamScheme,
    api_key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
  };
  const authorizers = mapAt(auth, 'Authorizers');
  for (const [name, authorizer] of Object.entries(authorizers)) {
    const scheme = isMap(authorizer) ? authorizerScheme(authorizer) : null;
    if (scheme) schemes[name] = copyPlace(authorizer as PlainMap, scheme);
    else {
      expansion.problems.add(
        `The authorizer ${name} of ${resource.logicalId} names neither a function nor a user pool.`,
        placeOf(authorizers, name) ?? resource.place,
        'Give it a FunctionArn or a UserPoolArn.',
      );
    }
  }
  return schemes;
};

const authorizerScheme = (authorizer: PlainMap): PlainMap | null => {
  const identity = mapAt(authorizer, 'Identity');
  const pools = entry(authorizer, 'UserPoolArn');
  const ttl = entry(identity, 'ReauthorizeEvery');
  const validation: PlainMap =
    entry(identity, 'ValidationExpression') === undefined
      ? {}
      : { identityValidationExpression: identity.ValidationExpression! };
  const header = textAt(identity, 'Header') ?? 'Authorization';
  if (pools !== undefined) {
    return {
      type: 'apiKey',
      in: 'header',
      name: header,
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': {
        type: 'cognito_user_pools',
        providerARNs: isList(pools) ? pools : [pools],
        ...validation,
      },
    };
  }
  const target = entry(authorizer, 'FunctionArn');
  if (target === undefined) return null;
  const isRequest = textAt(authorizer, 'FunctionPayloadType') === 'REQUEST';
  const role = entry(authorizer, 'FunctionInvokeRole');
  return {
    type: 'apiKey',
    in: 'header',
    name: isRequest ? 'Unused' : header,
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': {
      type: isRequest ? 'request' : 'token',
      authorizerUri: invocationUri(target),
      ...(isRequest ? { identitySource: identitySource(identity) } : {}),
      ...(role === undefined || role === 'NONE' ? {} : { authorizerCredentials: role }),
      ...(ttl === undefined ? {} : { authorizerResultTtlInSeconds: ttl }),
      ...(isRequest ? {} : validation),
    },
  };
};

const identitySource = (identity: PlainMap): string => {
  const sources: string[] = [];
  for (const [group, prefix] of [
    ['Headers', 'method.request.header'],
    ['QueryStrings', 'method.request.querystring'],
    ['StageVariables', 'stageVariables'],
    ['Context', 'context'],
  ] as const) {
    const names = entry(identity, group);
    if (names !== undefined && isList(names)) sources.push(...names.map((name) => `${prefix}.${String(name)}`));
  }
  return sources.join(', ');
};

/** What an event's own `Auth` says, over that of its API. NONE is a mark that keeps the API's default away. */
export const operationSecurity = (auth: PlainMap, apiAuth: PlainMap): Plain[] => {
  const security: Plain[] = [];
  const authorizer = textAt(auth, 'Authorizer');
  const declared = authorizer === null ? undefined : entry(mapAt(apiAuth, 'Authorizers'), authorizer);
  if (authorizer !== null && declared !== undefined && isMap(declared)) {
    const scopes = entry(auth, 'AuthorizationScopes');
    security.push({ [authorizer]: scopes !== undefined && isList(scopes) ? scopes : scopesOf(declared) });
  } else if (authorizer !== null) security.push({ [authorizer]: [] });
  const apiKey = entry(auth, 'ApiKeyRequired');
  if (isTrue(apiKey)) security.push({ api_key: [] });
  else if (apiKey !== undefined) security.push({ api_key_false: [] });
  return security;
};

/** Lays the API's default authorizer and key over every operation that says nothing itself, and takes the marks away. */
export const applyDefaultAuth = (paths: PlainMap, auth: PlainMap): PlainMap => {
  const authorizer = textAt(auth, 'DefaultAuthorizer');
  const apiKey = isTrue(entry(auth, 'ApiKeyRequired'));
  const preflightAuthorizer = !isFalse(entry(auth, 'AddDefaultAuthorizerToCorsPreflight'));
  const preflightKey = !isFalse(entry(auth, 'AddApiKeyRequiredToCorsPreflight'));
  const known = new Set(['AWS_IAM', ...Object.keys(mapAt(auth, 'Authorizers'))]);
  const defaultScopes = authorizer === null ? [] : scopesOf(mapAt(mapAt(auth, 'Authorizers'), authorizer));

  const secured = (method: string, operation: PlainMap): PlainMap => {
    const given = entry(operation, 'security');
    let security: readonly Plain[] = given !== undefined && isList(given) ? given : [];
    const has = (test: (name: string) => boolean): boolean =>
      security.some((item) => isMap(item) && Object.keys(item).some(test));
    if (
      authorizer !== null &&
      (preflightAuthorizer || method !== 'options') &&
      !has((name) => name === 'NONE' || known.has(name))
    ) {
      security = [...security, { [authorizer]: defaultScopes }];
    }
    if (
      apiKey &&
      (preflightKey || method !== 'options') &&
      !has((name) => name === 'api_key' || name === 'api_key_false')
    ) {
      security = [...security, { api_key: [] }];
    }
    security = security.filter((item) => !(isMap(item) && ('NONE' in item || 'api_key_false' in item)));
    if (given === undefined && security.length === 0) return operation;
    return copyPlace(operation, { ...operation, security });
  };

  return mapOperations(paths, secured);
};

const scopesOf = (authorizer: PlainMap): readonly Plain[] => {
  const scopes = entry(authorizer, 'AuthorizationScopes');
  return scopes !== undefined && isList(scopes) ? scopes : [];
};

/** What an item of `paths` calls its operations. */
export const methodKeys: ReadonlySet<string> = new Set([
  'get',
  'put',
  'post',
  'delete',
  'patch',
  'options',
  'head',
  'x-amazon-apigateway-any-method',
]);

export const mapOperations = (paths: PlainMap, change: (method: string, operation: PlainMap) => PlainMap): PlainMap =>
  copyPlace(
    paths,
    Object.fromEntries(
      Object.entries(paths).map(([path, item]) => {
        if (!isMap(item)) return [path, item];
        const changed = Object.entries(item).map(([key, operation]): [string, Plain] =>
          methodKeys.has(key) && isMap(operation) ? [key, change(key, operation)] : [key, operation],
        );
        return [path, copyPlace(item, Object.fromEntries(changed))];
      }),
    ),
  );
