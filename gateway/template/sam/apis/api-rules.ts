import { didYouMean } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { describe, entry, isList, isMap, isTrue, mapAt, type Plain, type PlainMap } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import type { Expansion } from '../expansion.ts';

export type Refuse = (holder: PlainMap, key: string, what: string, remedy: string) => void;

/** Refuses at a key of a map, or where the resource stands. */
export const refuser =
  ({ place }: Resource, { problems }: Expansion): Refuse =>
  (holder, key, what, remedy) =>
    problems.add(what, placeOf(holder, key) ?? place, remedy);

export const refuseUnknownKeys = (
  holder: PlainMap,
  known: readonly string[],
  subject: string,
  refuse: Refuse,
): void => {
  for (const key of Object.keys(holder)) {
    if (known.includes(key) || key.startsWith('Fn::') || key === 'Ref') continue;
    refuse(holder, key, `${key} is no member of ${subject}.`, `It has ${known.join(', ')}.${didYouMean(key, known)}`);
  }
};

/** What SAM refuses of a REST API. */
export const refuseOddApi = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const refuse = refuser(resource, expansion);
  const written = entry(properties, 'OpenApiVersion') ?? null;
  // Without quotes 3.0 is the number 3.
  const version = Number.isInteger(written) ? `${String(written)}.0` : String(written);
  if (written !== null && !/^[23](\.\d){1,2}$/.test(version)) {
    refuse(properties, 'OpenApiVersion', `OpenApiVersion of ${logicalId} is ${version}.`, 'Write it as 3.0.1.');
  }
  refuseOddCors(mapAt(properties, 'Cors'), logicalId, refuse);
  const models = mapAt(properties, 'Models');
  for (const [name, model] of Object.entries(models)) {
    if (isMap(model) && (entry(model, 'type') ?? null) !== null) continue;
    refuse(models, name, `The model ${name} of ${logicalId} has no type.`, 'Write its schema, with type: object.');
  }
  const responses = mapAt(properties, 'GatewayResponses');
  for (const [type, response] of Object.entries(responses)) {
    if (!isMap(response)) {
      const what = `The gateway response ${type} of ${logicalId} must be a map, not ${describe(response)}.`;
      refuse(responses, type, what, 'Give it StatusCode, ResponseParameters or ResponseTemplates.');
      continue;
    }
    const subject = `the gateway response ${type}`;
    refuseUnknownKeys(response, ['ResponseParameters', 'ResponseTemplates', 'StatusCode'], subject, refuse);
    const parameters = mapAt(response, 'ResponseParameters');
    refuseUnknownKeys(parameters, ['Headers', 'Paths', 'QueryStrings'], `the ResponseParameters of ${type}`, refuse);
  }
  const endpoint = mapAt(properties, 'EndpointConfiguration');
  if (entry(endpoint, 'VPCEndpointIds') !== undefined && entry(endpoint, 'VpcEndpointIds') !== undefined) {
    const what = `${logicalId} has both VPCEndpointIds and VpcEndpointIds.`;
    refuse(endpoint, 'VpcEndpointIds', what, 'Keep one of the two.');
  }
  refuseOddAuth(resource, refuse);
};

const refuseOddCors = (cors: PlainMap, logicalId: string, refuse: Refuse): void => {
  const known = ['AllowCredentials', 'AllowHeaders', 'AllowMethods', 'AllowOrigin', 'MaxAge'];
  refuseUnknownKeys(cors, known, `Cors of ${logicalId}`, refuse);
  const origin = entry(cors, 'AllowOrigin') ?? null;
  if (isTrue(entry(cors, 'AllowCredentials')) && (origin === null || origin === "'*'")) {
    const what = `Cors of ${logicalId} allows credentials, and every origin.`;
    refuse(cors, 'AllowCredentials', what, 'Name an AllowOrigin, or leave AllowCredentials out.');
  }
};

const refuseOddAuth = ({ logicalId, properties }: Resource, refuse: Refuse): void => {
  const auth = mapAt(properties, 'Auth');
  const authorizers = mapAt(auth, 'Authorizers');
  refuseUnknownDefault(auth, ['AWS_IAM', 'NONE', ...Object.keys(authorizers)], logicalId, refuse);
  for (const [name, authorizer] of Object.entries(authorizers)) {
    if (!isMap(authorizer)) continue;
    const type = entry(authorizer, 'FunctionPayloadType') ?? 'TOKEN';
    if (type !== 'TOKEN' && type !== 'REQUEST') {
      const what = `FunctionPayloadType of the authorizer ${name} is ${JSON.stringify(type)}.`;
      refuse(authorizer, 'FunctionPayloadType', what, 'It can be TOKEN or REQUEST.');
    }
    const identity = mapAt(authorizer, 'Identity');
    const sources = ['Headers', 'QueryStrings', 'StageVariables', 'Context'].map((key) => entry(identity, key));
    const hasSource = sources.some((source) => source !== undefined && !(isList(source) && source.length === 0));
    if (type === 'REQUEST' && !hasSource && Number(entry(identity, 'ReauthorizeEvery') ?? 300) !== 0) {
      const what = `The authorizer ${name} of ${logicalId} has no identity to keep its answers by.`;
      const remedy = 'Give its Identity Headers, QueryStrings, StageVariables or Context, or ReauthorizeEvery: 0.';
      refuse(authorizer, 'Identity', what, remedy);
    }
  }
};

/** A default that is none of the authorizers would leave the API open, or shut. */
export const refuseUnknownDefault = (
  auth: PlainMap,
  known: readonly string[],
  logicalId: string,
  refuse: Refuse,
): void => {
  const name: Plain = entry(auth, 'DefaultAuthorizer') ?? null;
  if (typeof name !== 'string' || known.includes(name)) return;
  const what = `The DefaultAuthorizer of ${logicalId} is ${name}, which it does not declare.`;
  refuse(auth, 'DefaultAuthorizer', what, `Declare it under Auth: Authorizers.${didYouMean(name, known)}`);
};
