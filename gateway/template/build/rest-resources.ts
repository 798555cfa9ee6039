import type { RestMethod } from '../../model/rest-api.ts';
import { readRestIntegration } from '../openapi/rest-integration.ts';
import { rootResourceId } from '../references/api-values.ts';
import type { Resource } from '../resource.ts';
import type { RestPath } from './rest-tree.ts';
import type { Source } from './source.ts';

/** Paths that the template builds of `AWS::ApiGateway::Resource` and `AWS::ApiGateway::Method`. */
export const rawPaths = (source: Source, apiId: string): readonly RestPath[] => {
  const paths = new Map<string, { path: string; resource: Resource; methods: RestMethod[] }>();
  const own = source
    .ofType('AWS::ApiGateway::Resource')
    .filter((resource) => source.read(resource).text('RestApiId') === apiId);
  const pathOf = (resource: Resource, depth = 0): string => {
    const reader = source.read(resource);
    const part = reader.required('PathPart');
    const parentId = reader.text('ParentId');
    if (parentId === rootResourceId(apiId) || depth > 64) return `/${part}`;
    const parent = own.find((other) => source.ref(other) === parentId);
    if (parent) return `${pathOf(parent, depth + 1)}/${part}`;
    reader.refuse(
      'ParentId',
      `${resource.logicalId} has no parent in this API.`,
      'Let ParentId name another resource of the API, or its RootResourceId.',
    );
    return `/${part}`;
  };
  for (const resource of own) {
    paths.set(source.ref(resource), { path: pathOf(resource), resource, methods: [] });
  }
  const root: RestMethod[] = [];
  let rootResource: Resource | null = null;
  for (const resource of source.ofType('AWS::ApiGateway::Method')) {
    const reader = source.read(resource);
    if (reader.text('RestApiId') !== apiId) continue;
    const resourceId = reader.text('ResourceId');
    const method = readMethod(source, resource);
    if (resourceId === rootResourceId(apiId)) {
      root.push(method);
      rootResource = resource;
    } else {
      const at = resourceId === null ? undefined : paths.get(resourceId);
      if (at) at.methods.push(method);
      else
        reader.refuse(
          'ResourceId',
          `${resource.logicalId} stands on no resource of this API.`,
          'Let ResourceId name one.',
        );
    }
  }
  return [
    ...(rootResource ? [{ path: '/', id: null, methods: root, place: rootResource.place }] : []),
    ...[...paths].map(([id, { path, resource, methods }]) => ({ path, id, methods, place: resource.place })),
  ];
};

const verbs = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'ANY', '*'];

const readMethod = (source: Source, resource: Resource): RestMethod => {
  const reader = source.read(resource);
  const authorizer = source.find(['AWS::ApiGateway::Authorizer'], reader.text('AuthorizerId'));
  const validator = source.find(['AWS::ApiGateway::RequestValidator'], reader.text('RequestValidatorId'));
  const verb = reader.required('HttpMethod').toUpperCase();
  if (verb !== '' && !verbs.includes(verb)) {
    reader.refuse('HttpMethod', `${resource.logicalId} has the HttpMethod ${verb}.`, `It can be ${verbs.join(', ')}.`);
  }
  if (reader.has('AuthorizerId') && !reader.has('AuthorizationType')) {
    reader.refuse(
      'AuthorizerId',
      `${resource.logicalId} names an authorizer, and no AuthorizationType that asks it.`,
      'Write AuthorizationType: CUSTOM or COGNITO_USER_POOLS.',
    );
  }
  return {
    httpMethod: verb === '*' ? 'ANY' : verb,
    operationName: reader.text('OperationName'),
    authorizationType: reader.oneOf('AuthorizationType', ['NONE', 'AWS_IAM', 'CUSTOM', 'COGNITO_USER_POOLS']) ?? 'NONE',
    authorizer: authorizer
      ? (source.read(authorizer).text('Name') ?? authorizer.logicalId)
      : reader.text('AuthorizerId'),
    authorizationScopes: reader.texts('AuthorizationScopes'),
    apiKeyRequired: reader.flag('ApiKeyRequired'),
    requestParameters: flags(reader.textMap('RequestParameters')),
    requestModels: reader.textMap('RequestModels'),
    requestValidator: validator
      ? (source.read(validator).text('Name') ?? validator.logicalId)
      : reader.text('RequestValidatorId'),
    responses: Object.fromEntries(
      reader
        .each('MethodResponses')
        .map((response) => [
          response.required('StatusCode'),
          { parameters: flags(response.textMap('ResponseParameters')), models: response.textMap('ResponseModels') },
        ]),
    ),
    integration: reader.has('Integration') ? readRestIntegration(reader.within('Integration'), 'cloudformation') : null,
    place: resource.place,
  };
};

const flags = (texts: Readonly<Record<string, string>>): Record<string, boolean> =>
  Object.fromEntries(Object.entries(texts).map(([name, value]) => [name, value === 'true']));
