import type { RestApi, RestDefinition } from '../../model/rest-api.ts';
import { describedEndpointTypes, disablesEndpoint } from '../openapi/endpoint.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap, type PlainMap } from '../text/plain.ts';
import { jsonMap } from './json-property.ts';
import { buildRestStages } from './rest-stage.ts';
import type { Source } from './source.ts';

export const buildRestApi = (source: Source, api: Resource, definition: RestDefinition): RestApi => {
  const reader = source.read(api);
  const id = source.ref(api);
  const deployments = source
    .ofType('AWS::ApiGateway::Deployment')
    .filter((resource) => source.read(resource).text('RestApiId') === id)
    .map((resource) => ({ id: source.ref(resource), definition }));
  const body = jsonMap(reader, 'Body') ?? {};
  const info = entry(body, 'info');
  const title = info !== undefined && isMap(info) && typeof info.title === 'string' ? info.title : null;
  return {
    kind: 'REST',
    logicalId: api.logicalId,
    id,
    name: reader.text('Name') ?? title ?? api.logicalId,
    endpointTypes: endpointTypes(reader, body),
    disableExecuteApiEndpoint: reader.flag('DisableExecuteApiEndpoint') || disablesEndpoint(body),
    deployments,
    stages: buildRestStages(source, id, new Set(deployments.map((deployment) => deployment.id))),
    place: api.place,
  };
};

/** By the property, else as the import is told, else as the definition says. */
const endpointTypes = (reader: Reader, body: PlainMap): RestApi['endpointTypes'] => {
  const configuration = reader.within('EndpointConfiguration');
  const parameters = reader.within('Parameters');
  const own = configuration.texts('Types');
  const imported = parameters.texts('endpointConfigurationTypes').flatMap((types) => types.split(','));
  const given = own.length > 0 ? own : imported.length > 0 ? imported : describedEndpointTypes(body);
  const [holder, key] = own.length > 0 ? [configuration, 'Types'] : [parameters, 'endpointConfigurationTypes'];
  const types = given.flatMap((name): RestApi['endpointTypes'] => {
    const known = (['EDGE', 'REGIONAL', 'PRIVATE'] as const).filter((type) => type === name.trim());
    if (known.length === 0)
      holder.refuse(key, `There is no endpoint type ${name}.`, 'It can be EDGE, REGIONAL or PRIVATE.');
    return known;
  });
  return types.length > 0 ? types : ['EDGE'];
};
