import type { Resource } from '../../resource.ts';
import { entry, isList, isMap, isTrue, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { copyPlace } from '../../text/positions.ts';
import { refuseOddEvents } from '../events/api-event-rules.ts';
import { type Expansion, make, pick, ref, stageId, sub } from '../expansion.ts';
import { ownDefinition } from './api-own-definition.ts';
import { httpSecuritySchemes } from './http-api-auth.ts';
import { withRoutes } from './http-api-routes.ts';
import { refuseOddHttpApi } from './http-api-rules.ts';
import { expandV2Domain } from './v2-domain.ts';

/** An HTTP API: its definition and a stage that deploys by itself. */
export const expandHttpApi = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const stageName = textAt(properties, 'StageName') ?? '$default';
  refuseOddHttpApi(resource, expansion);
  refuseOddEvents(resource, expansion);
  const auth = mapAt(properties, 'Auth');
  const body = definition(resource, auth, expansion);
  make(
    expansion,
    resource,
    logicalId,
    'AWS::ApiGatewayV2::Api',
    {
      ...pick(properties, 'Description', 'DisableExecuteApiEndpoint', 'FailOnWarnings', 'Name'),
      Body: body,
      BodyS3Location: body === null ? entry(properties, 'DefinitionUri') : undefined,
    },
    resource.metadata,
  );
  for (const [name, authorizer] of Object.entries(mapAt(auth, 'Authorizers'))) {
    if (!isMap(authorizer) || !isTrue(entry(authorizer, 'EnableFunctionDefaultPermissions'))) continue;
    make(expansion, resource, `${logicalId}${name}AuthorizerPermission`, 'AWS::Lambda::Permission', {
      Action: 'lambda:InvokeFunction',
      FunctionName: entry(authorizer, 'FunctionArn') ?? '',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*', {
        __ApiId__: ref(logicalId),
      }),
    });
  }
  const stage = stageName === '$default' ? `${logicalId}ApiGatewayDefaultStage` : stageId(resource);
  make(expansion, resource, stage, 'AWS::ApiGatewayV2::Stage', {
    ApiId: ref(logicalId),
    StageName: stageName,
    AutoDeploy: true,
    ...pick(properties, 'AccessLogSettings', 'DefaultRouteSettings', 'StageVariables'),
    RouteSettings: routeSettings(resource, expansion),
  });
  expansion.referable.set(`${logicalId}.Stage`, stage);
  expandV2Domain(resource, 'httpapi', expansion);
};

/** The API's own settings of its routes, and over them those of its events. */
const routeSettings = ({ logicalId, properties }: Resource, expansion: Expansion): PlainMap | undefined => {
  const settings: Record<string, Plain> = { ...mapAt(properties, 'RouteSettings') };
  for (const event of expansion.apiEvents.get(logicalId) ?? []) {
    const own = mapAt(event.properties, 'RouteSettings');
    if (Object.keys(own).length === 0) continue;
    const key = event.path === '$default' ? event.path : `${event.method.toUpperCase()} ${event.path}`;
    settings[key] = copyPlace(own, { ...mapAt(settings, key), ...own });
  }
  return Object.keys(settings).length === 0 ? undefined : settings;
};

const definition = (resource: Resource, auth: PlainMap, expansion: Expansion): Plain => {
  const { logicalId, properties } = resource;
  const { given, asItIs } = ownDefinition(resource, expansion);
  // What is no map is refused with its place where the definition is read.
  if (asItIs || (given !== null && !isMap(given))) return given;
  const events = expansion.apiEvents.get(logicalId) ?? [];
  const body: PlainMap =
    given !== null
      ? { ...given, paths: withRoutes(mapAt(given, 'paths'), events, auth, expansion) }
      : {
          openapi: '3.0.1',
          info: { title: entry(properties, 'Name') ?? ref('AWS::StackName'), version: '1.0' },
          paths: withRoutes({}, events, auth, expansion),
        };
  const cors = corsOf(entry(properties, 'CorsConfiguration'));
  const components = mapAt(body, 'components');
  return {
    ...body,
    ...(cors === null ? {} : { 'x-amazon-apigateway-cors': cors }),
    components: {
      ...components,
      securitySchemes: { ...mapAt(components, 'securitySchemes'), ...httpSecuritySchemes(resource, auth, expansion) },
    },
  };
};

/** `true` lets every origin in; a text is one origin; a map has the settings by their names. */
const corsOf = (value: Plain | undefined): PlainMap | null => {
  if (value === undefined || value === null || value === false) return null;
  if (isTrue(value)) return { allowOrigins: ['*'] };
  if (!isMap(value)) return { allowOrigins: isList(value) ? value : [value] };
  const cors: Record<string, Plain> = {};
  for (const [name, setting] of Object.entries(value)) cors[name[0]!.toLowerCase() + name.slice(1)] = setting;
  return cors;
};
