import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';

/** Whether a definition turns the API's own URL off: Swagger 2.0 says so at its top, OpenAPI 3.0 under `servers`. */
export const disablesEndpoint = (body: PlainMap): boolean => {
  const servers = entry(body, 'servers');
  return [body, ...(servers !== undefined && isList(servers) ? servers : [])].some(saysSo);
};

const saysSo = (holder: Plain): boolean => {
  const settings = isMap(holder) ? entry(holder, 'x-amazon-apigateway-endpoint-configuration') : undefined;
  const disabled = settings !== undefined && isMap(settings) ? entry(settings, 'disableExecuteApiEndpoint') : undefined;
  return disabled === true || disabled === 'true';
};
