import type { RestApi, RestDefinition } from '../../model/rest-api.ts';
import { disablesEndpoint } from '../openapi/endpoint.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { buildRestStages } from './rest-stage.ts';
import type { Source } from './source.ts';

export const buildRestApi = (source: Source, api: Resource, definition: RestDefinition): RestApi => {
  const reader = source.read(api);
  const id = source.ref(api);
  const deployments = source
    .ofType('AWS::ApiGateway::Deployment')
    .filter((resource) => source.read(resource).text('RestApiId') === id)
    .map((resource) => ({ id: source.ref(resource), definition }));
  const body = reader.map('Body');
  const info = entry(body, 'info');
  const title = info !== undefined && isMap(info) && typeof info.title === 'string' ? info.title : null;
  const types = reader.within('EndpointConfiguration').texts('Types');
  return {
    kind: 'REST',
    logicalId: api.logicalId,
    id,
    name: reader.text('Name') ?? title ?? api.logicalId,
    endpointTypes: (types.length > 0 ? types : ['EDGE']) as RestApi['endpointTypes'],
    disableExecuteApiEndpoint: reader.flag('DisableExecuteApiEndpoint') || disablesEndpoint(body),
    deployments,
    stages: buildRestStages(source, id, new Set(deployments.map((deployment) => deployment.id))),
    place: api.place,
  };
};
