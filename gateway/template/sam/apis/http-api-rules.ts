import type { Resource } from '../../resource.ts';
import { entry, isList, isMap, isTrue, mapAt, type PlainMap } from '../../text/plain.ts';
import type { Expansion } from '../expansion.ts';
import { type Refuse, refuser, refuseUnknownDefault, refuseUnknownKeys } from './api-rules.ts';

/** What SAM refuses of an HTTP API. */
export const refuseOddHttpApi = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const refuse = refuser(resource, expansion);
  const auth = mapAt(properties, 'Auth');
  const authorizers = mapAt(auth, 'Authorizers');
  const iam = isTrue(entry(auth, 'EnableIamAuthorizer')) ? ['AWS_IAM'] : [];
  refuseUnknownDefault(auth, [...iam, 'NONE', ...Object.keys(authorizers)], logicalId, refuse);
  for (const [name, authorizer] of Object.entries(authorizers)) {
    if (isMap(authorizer)) refuseOddAuthorizer(name, authorizer, refuse);
  }
  refuseOddCors(mapAt(properties, 'CorsConfiguration'), logicalId, refuse);
  const info = mapAt(mapAt(properties, 'DefinitionBody'), 'info');
  for (const [key, described] of [
    ['Name', 'title'],
    ['Description', 'description'],
  ] as const) {
    if ((entry(properties, key) ?? null) === null || (entry(info, described) ?? null) === null) continue;
    refuse(properties, key, `${logicalId} has a ${key}, and its definition has one too.`, 'Keep one of the two.');
  }
};

const ofJwt = ['JwtConfiguration', 'IdentitySource', 'AuthorizationScopes'];
const ofLambda = [
  'FunctionArn',
  'FunctionInvokeRole',
  'Identity',
  'AuthorizerPayloadFormatVersion',
  'EnableSimpleResponses',
  'EnableFunctionDefaultPermissions',
];

const refuseOddAuthorizer = (name: string, authorizer: PlainMap, refuse: Refuse): void => {
  const has = (key: string): boolean => (entry(authorizer, key) ?? null) !== null;
  const isJwt = has('JwtConfiguration');
  if (!isJwt && !has('FunctionArn')) return;
  // A member that SAM does not know it passes over, and `check` says so.
  const [own, others] = isJwt ? [ofJwt, ofLambda] : [ofLambda, ofJwt];
  for (const key of others.filter(has)) {
    refuse(authorizer, key, `${key} is no member of the authorizer ${name}.`, `It has ${own.join(', ')}.`);
  }
  const needed = isJwt ? 'IdentitySource' : 'AuthorizerPayloadFormatVersion';
  if (has(needed)) return;
  const remedy = isJwt ? 'Write IdentitySource: $request.header.Authorization.' : `Write ${needed}: "2.0".`;
  refuse(authorizer, needed, `The authorizer ${name} has no ${needed}.`, remedy);
};

const refuseOddCors = (cors: PlainMap, logicalId: string, refuse: Refuse): void => {
  const known = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigins', 'ExposeHeaders', 'MaxAge'];
  refuseUnknownKeys(cors, known, `CorsConfiguration of ${logicalId}`, refuse);
  const origins = entry(cors, 'AllowOrigins') ?? null;
  const isOpen = origins === null || origins === '*' || (isList(origins) && origins.includes('*'));
  if (isTrue(entry(cors, 'AllowCredentials')) && isOpen) {
    const what = `CorsConfiguration of ${logicalId} allows credentials, and every origin.`;
    refuse(cors, 'AllowCredentials', what, 'Name AllowOrigins, or leave AllowCredentials out.');
  }
};
