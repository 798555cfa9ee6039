import { entry, isList, isMap, type PlainMap } from '../text/plain.ts';

/** Whether a definition turns the API's own URL off. */
export const disablesEndpoint = (body: PlainMap): boolean =>
  settingsOf(body).some((settings) => String(entry(settings, 'disableExecuteApiEndpoint')) === 'true');

/** The endpoint types that a definition asks for. */
export const describedEndpointTypes = (body: PlainMap): readonly string[] => {
  for (const settings of settingsOf(body)) {
    const types = entry(settings, 'types');
    if (types !== undefined && isList(types)) return types.map(String);
  }
  return [];
};

/** Swagger 2.0 configures the endpoint at its top, OpenAPI 3.0 under `servers`. */
const settingsOf = (body: PlainMap): readonly PlainMap[] => {
  const servers = entry(body, 'servers');
  return [body, ...(servers !== undefined && isList(servers) ? servers : [])].flatMap((holder) => {
    const settings = isMap(holder) ? entry(holder, 'x-amazon-apigateway-endpoint-configuration') : undefined;
    return settings !== undefined && isMap(settings) ? [settings] : [];
  });
};
