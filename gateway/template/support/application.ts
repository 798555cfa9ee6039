import type { Application } from '../../model/application.ts';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import type { Source } from '../build/source.ts';
import { warningsOf } from '../openapi/import-warnings.ts';
import type { SupportLine } from '../support.ts';
import { linesOfCode } from './code.ts';
import { linesOfStateMachines } from './state-machines.ts';

/** What only the finished model shows: parts that belong to nothing here, and APIs and functions that lack something. */
export const linesOfApplication = (application: Application, source: Source): readonly SupportLine[] => [
  ...strangers(application, source),
  ...withoutDeployment(application, source),
  ...importLines(application),
  ...application.apis
    .filter((api) => api.stages.length === 0)
    .map((api) => ({
      logicalId: api.logicalId,
      resourceType: api.kind === 'REST' ? 'AWS::ApiGateway::RestApi' : 'AWS::ApiGatewayV2::Api',
      property: '',
      level: 'not honoured' as const,
      note: 'it has no stage, so that none of its routes can be called',
      place: api.place,
    })),
  ...application.functions.flatMap((fn) => foreignLayers(fn, application)),
  ...linesOfCode(application, source),
  ...linesOfStateMachines(application),
];

/** What the imports of definitions pass over. */
const importLines = ({ apis }: Application): readonly SupportLine[] =>
  apis.flatMap(({ logicalId, kind, deployments }) =>
    (deployments[0] ? warningsOf(deployments[0].definition) : []).map(({ path, what, place }) => ({
      logicalId,
      resourceType: kind === 'REST' ? 'AWS::ApiGateway::RestApi' : 'AWS::ApiGatewayV2::Api',
      property: path,
      level: 'differently' as const,
      note: what,
      place,
    })),
  );

const partTypes: Readonly<Record<string, readonly string[]>> = {
  RestApiId: [
    'Resource',
    'Method',
    'Deployment',
    'Stage',
    'Model',
    'RequestValidator',
    'Authorizer',
    'GatewayResponse',
  ].map((name) => `AWS::ApiGateway::${name}`),
  ApiId: [
    'Route',
    'Integration',
    'Deployment',
    'Stage',
    'Model',
    'Authorizer',
    'RouteResponse',
    'IntegrationResponse',
    'ApiGatewayManagedOverrides',
  ].map((name) => `AWS::ApiGatewayV2::${name}`),
};

/** Parts of an API that another stack makes. */
const strangers = (application: Application, source: Source): readonly SupportLine[] => {
  const ids = new Set(application.apis.map((api) => api.id));
  return Object.entries(partTypes).flatMap(([key, types]) =>
    types.flatMap((resourceType) =>
      source.ofType(resourceType).flatMap((resource): SupportLine[] => {
        const reader = source.read(resource);
        const id = reader.text(key);
        if (id !== null && ids.has(id)) return [];
        const note = `it belongs to the API ${id ?? '(none)'}, which this template does not make`;
        const place = reader.placeOf(key);
        return [{ logicalId: resource.logicalId, resourceType, property: key, level: 'not honoured', note, place }];
      }),
    ),
  );
};

/** A stage of an HTTP or WebSocket API that nothing is deployed to: AWS makes it, and serves nothing from it. */
const withoutDeployment = ({ apis }: Application, source: Source): readonly SupportLine[] =>
  source.ofType('AWS::ApiGatewayV2::Stage').flatMap((resource): SupportLine[] => {
    const reader = source.read(resource);
    const api = apis.find(({ id }) => id === reader.text('ApiId'));
    if (!api || api.stages.some(({ logicalId }) => logicalId === resource.logicalId)) return [];
    const { logicalId, type: resourceType, place } = resource;
    const note = 'nothing is deployed to it, so that it is not served: AutoDeploy: true or a DeploymentId would';
    return [{ logicalId, resourceType, property: '', level: 'not honoured', note, place }];
  });

const functionLine = (fn: LambdaFunction, property: string, note: string): SupportLine => ({
  logicalId: fn.logicalId,
  resourceType: 'AWS::Lambda::Function',
  property,
  level: 'not honoured',
  note,
  place: fn.place,
});

const foreignLayers = (fn: LambdaFunction, application: Application): readonly SupportLine[] =>
  fn.layers
    .filter((arn) => !application.layers.some((layer) => layer.arn === arn))
    .map((arn) => functionLine(fn, 'Layers', `${arn} is not on this disk; the function runs without it`));
