import type { Resource } from '../../resource.ts';
import { entry, isMap, mapAt, type PlainMap, textAt } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';
import { type Expansion, make, pick, ref, stageId, sub } from '../expansion.ts';
import { expandV2Domain } from './v2-domain.ts';
import { refuseOddWebSocketApi } from './websocket-api-rules.ts';

const predefined: Readonly<Record<string, string>> = {
  $connect: 'Connect',
  $disconnect: 'Disconnect',
  $default: 'Default',
};

/** A WebSocket API: a route, an integration and a permission for each of `Routes`, an authorizer, a stage. */
export const expandWebSocketApi = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties, place } = resource;
  const { problems } = expansion;
  const routes = mapAt(properties, 'Routes');
  const stageName = textAt(properties, 'StageName') ?? 'default';
  refuseOddWebSocketApi(resource, expansion);
  make(
    expansion,
    resource,
    logicalId,
    'AWS::ApiGatewayV2::Api',
    {
      Name: entry(properties, 'Name') ?? logicalId,
      ProtocolType: 'WEBSOCKET',
      ...pick(
        properties,
        'ApiKeySelectionExpression',
        'Description',
        'DisableExecuteApiEndpoint',
        'DisableSchemaValidation',
        'IpAddressType',
        'RouteSelectionExpression',
      ),
      Tags: { 'websocketapi:createdBy': 'SAM' },
    },
    resource.metadata,
  );
  for (const [key, route] of Object.entries(routes)) {
    const at = placeOf(routes, key) ?? place;
    if (!entry(predefined, key) && !/^[A-Za-z0-9]+$/.test(key)) {
      problems.add(
        `The route key ${key} is neither predefined nor made of letters and digits alone.`,
        at,
        'SAM takes no other; write it as AWS::ApiGatewayV2::Route.',
      );
      continue;
    }
    if (!isMap(route) || entry(route, 'FunctionArn') === undefined) {
      problems.add(`The route ${key} of ${logicalId} has no FunctionArn.`, at, 'Give it the function it calls.');
      continue;
    }
    expandRoute(resource, key, route, stageName, expansion);
  }
  expandAuth(resource, expansion);
  const stage = stageName === 'default' ? `${logicalId}DefaultStage` : stageId(resource);
  make(expansion, resource, stage, 'AWS::ApiGatewayV2::Stage', {
    ApiId: ref(logicalId),
    StageName: stageName,
    AutoDeploy: true,
    ...pick(properties, 'AccessLogSettings', 'DefaultRouteSettings', 'RouteSettings', 'StageVariables'),
  });
  expansion.referable.set(`${logicalId}.Stage`, stage);
  expandV2Domain(resource, 'websocketapi', expansion);
};

const expandRoute = (
  resource: Resource,
  key: string,
  route: PlainMap,
  stageName: string,
  expansion: Expansion,
): void => {
  const { logicalId, properties } = resource;
  const at: Resource = { ...resource, properties: copyPlace(route, {}), place: placeOf(route) ?? resource.place };
  const name = logicalId + (entry(predefined, key) ?? key[0]!.toUpperCase() + key.slice(1));
  const target = route.FunctionArn!;
  const auth = mapAt(properties, 'Auth');
  const authType = key === '$connect' ? (textAt(auth, 'AuthType') ?? undefined) : undefined;
  make(expansion, at, `${name}Route`, 'AWS::ApiGatewayV2::Route', {
    ApiId: ref(logicalId),
    RouteKey: key,
    Target: { 'Fn::Join': ['/', ['integrations', ref(`${name}Integration`)]] },
    AuthorizationType: authType,
    AuthorizerId: authType === 'CUSTOM' ? ref(`${logicalId}ConnectAuthorizer`) : undefined,
    ...pick(
      route,
      'ApiKeyRequired',
      'ModelSelectionExpression',
      'OperationName',
      'RequestModels',
      'RequestParameters',
      'RouteResponseSelectionExpression',
    ),
  });
  const timeout = entry(route, 'IntegrationTimeout');
  make(expansion, at, `${name}Integration`, 'AWS::ApiGatewayV2::Integration', {
    ApiId: ref(logicalId),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: sub(
      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${FunctionArn}/invocations',
      { FunctionArn: target },
    ),
    ...(timeout === undefined ? {} : { TimeoutInMillis: timeout }),
  });
  make(expansion, at, `${name}Permission`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: target,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: sub(
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${logicalId}.ApiId}/${stageName}/${key}`,
    ),
  });
};

const expandAuth = (resource: Resource, expansion: Expansion): void => {
  const { logicalId } = resource;
  const auth = mapAt(resource.properties, 'Auth');
  if (textAt(auth, 'AuthType') !== 'CUSTOM') return;
  const target = entry(auth, 'AuthArn');
  if (target === undefined) {
    expansion.problems.add(
      `${logicalId}: AuthType CUSTOM needs an AuthArn.`,
      placeOf(auth) ?? resource.place,
      'Name the function.',
    );
    return;
  }
  const role = entry(auth, 'InvokeRole');
  make(expansion, resource, `${logicalId}ConnectAuthorizer`, 'AWS::ApiGatewayV2::Authorizer', {
    ApiId: ref(logicalId),
    AuthorizerType: 'REQUEST',
    AuthorizerUri: sub(
      'arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${AuthArn}/invocations',
      { AuthArn: target },
    ),
    Name: entry(auth, 'Name') ?? `${logicalId}ConnectAuthorizer`,
    IdentitySource: entry(auth, 'IdentitySource'),
    AuthorizerCredentialsArn: role,
  });
  if (role !== undefined) return;
  make(expansion, resource, `${logicalId}AuthorizerPermission`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: target,
    Principal: 'apigateway.amazonaws.com',
    SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/authorizers/*', {
      __ApiId__: ref(logicalId),
    }),
  });
};
