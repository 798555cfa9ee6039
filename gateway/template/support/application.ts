import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Application } from '../../model/application.ts';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import type { Source } from '../build/source.ts';
import type { SupportLine } from '../support.ts';

/** What only the finished model shows: parts that belong to nothing here, and APIs and functions that lack something. */
export const linesOfApplication = (application: Application, source: Source): readonly SupportLine[] => [
  ...strangers(application, source),
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
  ...application.functions.flatMap((fn) => [...foreignLayers(fn, application), ...missingHandler(fn)]),
];

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

/** Lambda takes such a function and fails when it is called; here it can be said before. */
const missingHandler = (fn: LambdaFunction): readonly SupportLine[] => {
  if (fn.unsupported !== null || fn.build !== null || fn.code.kind !== 'directory' || fn.handler.startsWith('/'))
    return [];
  const module = fn.handler.slice(0, fn.handler.lastIndexOf('.'));
  const file = join(fn.code.dir, module);
  if (module === '' || ['', '.js', '.mjs', '.cjs', '.ts', '.mts', '.cts'].some((end) => existsSync(file + end)))
    return [];
  return [functionLine(fn, 'Handler', `there is no ${module}.js, .mjs or .cjs in its code; calls will fail`)];
};
