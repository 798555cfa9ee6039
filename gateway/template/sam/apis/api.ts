import { derivedId } from '../../../derived-ids.ts';
import type { Resource } from '../../resource.ts';
import { entry, isList, isMap, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { refuseOddEvents } from '../events/api-event-rules.ts';
import { type Expansion, make, pick, ref, stageId } from '../expansion.ts';
import { applyDefaultAuth, securitySchemes } from './api-auth.ts';
import { authorizerPermissions } from './api-auth-permissions.ts';
import { withCors } from './api-cors.ts';
import { expandApiDomain } from './api-domain.ts';
import { ownDefinition, withEvents } from './api-own-definition.ts';
import { managedPaths, managedValidators } from './api-paths.ts';
import { resourcePolicy } from './api-resource-policy.ts';
import { refuseOddApi } from './api-rules.ts';
import { expandUsagePlan } from './api-usage-plan.ts';

/** A REST API: its definition, a deployment and a stage. */
export const expandApi = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const stageName = textAt(properties, 'StageName');
  if (stageName === null) {
    expansion.problems.add(`${logicalId} has no StageName.`, resource.place, 'Give it one, such as StageName: prod.');
    return;
  }
  refuseOddApi(resource, expansion);
  refuseOddEvents(resource, expansion);
  const auth = mapAt(properties, 'Auth');
  const body = definition(resource, expansion);
  const described = isMap(body) ? body : {};
  const policy = mapAt(described, 'x-amazon-apigateway-policy');
  const endpoint = endpointConfiguration(entry(properties, 'EndpointConfiguration'));
  make(
    expansion,
    resource,
    logicalId,
    'AWS::ApiGateway::RestApi',
    {
      ...pick(
        properties,
        'ApiKeySourceType',
        'BinaryMediaTypes',
        'Description',
        'DisableExecuteApiEndpoint',
        'EndpointAccessMode',
        'FailOnWarnings',
        'MinimumCompressionSize',
        'Mode',
        'Name',
        'Policy',
        'SecurityPolicy',
      ),
      Body: body,
      BodyS3Location: body === null ? entry(properties, 'DefinitionUri') : undefined,
      EndpointConfiguration: endpoint,
      Policy:
        resourcePolicy(auth, mapAt(described, 'paths'), policy, resource, expansion) ?? entry(properties, 'Policy'),
    },
    resource.metadata,
  );
  authorizerPermissions(resource, auth, expansion);

  const deployment = `${logicalId}Deployment${derivedId(10, logicalId)}`;
  // Without OpenApiVersion SAM gives its deployment a stage of its own, named "Stage".
  const extraStage = entry(properties, 'OpenApiVersion') === undefined ? { StageName: 'Stage' } : {};
  make(expansion, resource, deployment, 'AWS::ApiGateway::Deployment', { RestApiId: ref(logicalId), ...extraStage });
  const stage = stageId(resource);
  make(expansion, resource, stage, 'AWS::ApiGateway::Stage', {
    RestApiId: ref(logicalId),
    DeploymentId: ref(deployment),
    StageName: stageName,
    ...pick(
      properties,
      'AccessLogSetting',
      'CacheClusterEnabled',
      'CacheClusterSize',
      'CanarySetting',
      'MethodSettings',
      'TracingEnabled',
      'Variables',
    ),
  });
  expansion.referable.set(`${logicalId}.Stage`, stage);
  expansion.referable.set(`${logicalId}.Deployment`, deployment);
  expandApiDomain(resource, expansion);
  expandUsagePlan(resource, auth, stage, expansion);
};

const definition = (resource: Resource, expansion: Expansion): Plain => {
  const { logicalId, properties } = resource;
  const auth = mapAt(properties, 'Auth');
  const { given, asItIs } = ownDefinition(resource, expansion);
  const events = expansion.apiEvents.get(logicalId) ?? [];
  // What is no map is refused with its place where the definition is read.
  if (asItIs || (given !== null && !isMap(given))) return given;
  const body: PlainMap = isMap(given)
    ? withEvents(given, properties, events, expansion)
    : {
        openapi: '3.0.1',
        info: { title: entry(properties, 'Name') ?? ref('AWS::StackName'), version: '1.0' },
        paths: managedPaths(events, auth, expansion),
        'x-amazon-apigateway-request-validators': managedValidators(events),
      };
  const isSwagger2 = entry(body, 'swagger') !== undefined;
  const schemes = securitySchemes(resource, auth, expansion);
  // SAM writes model names in lower case.
  const models = Object.fromEntries(
    Object.entries(mapAt(properties, 'Models')).map(([name, schema]) => [name.toLowerCase(), schema]),
  );
  return {
    ...body,
    ...(isSwagger2
      ? {
          securityDefinitions: { ...mapAt(body, 'securityDefinitions'), ...schemes },
          definitions: { ...mapAt(body, 'definitions'), ...models },
        }
      : {
          components: {
            ...mapAt(body, 'components'),
            securitySchemes: { ...mapAt(mapAt(body, 'components'), 'securitySchemes'), ...schemes },
            schemas: { ...mapAt(mapAt(body, 'components'), 'schemas'), ...models },
          },
        }),
    'x-amazon-apigateway-gateway-responses': {
      ...mapAt(body, 'x-amazon-apigateway-gateway-responses'),
      ...gatewayResponses(mapAt(properties, 'GatewayResponses')),
    },
    paths: applyDefaultAuth(withCors(mapAt(body, 'paths'), entry(properties, 'Cors')), auth),
  };
};

/** SAM groups parameters by kind (`Headers: {X: …}`); OpenAPI writes each out. */
const gatewayResponses = (responses: PlainMap): PlainMap => {
  const written: Record<string, Plain> = {};
  for (const [type, response] of Object.entries(responses)) {
    if (!isMap(response)) continue;
    const parameters: Record<string, Plain> = {};
    const groups = mapAt(response, 'ResponseParameters');
    for (const [group, kind] of [
      ['Headers', 'header'],
      ['Paths', 'path'],
      ['QueryStrings', 'querystring'],
    ] as const) {
      for (const [name, value] of Object.entries(mapAt(groups, group)))
        parameters[`gatewayresponse.${kind}.${name}`] = value;
    }
    const status = entry(response, 'StatusCode');
    written[type] = {
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseParameters: parameters,
      responseTemplates: mapAt(response, 'ResponseTemplates'),
    };
  }
  return written;
};

/** A bare type, or SAM's `{Type, VPCEndpointIds}`. */
const endpointConfiguration = (value: Plain | undefined): PlainMap | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return { Types: [value] };
  if (!isMap(value)) return undefined;
  const type = entry(value, 'Type');
  return {
    ...(type === undefined ? {} : { Types: isList(type) ? type : [type] }),
    ...(entry(value, 'VPCEndpointIds') === undefined ? {} : { VpcEndpointIds: value.VPCEndpointIds! }),
    ...pick(value, 'IpAddressType', 'VpcEndpointIds'),
  };
};
