import { entry, isList, isMap, mapAt, type Plain, type PlainMap } from '../../text/plain.ts';
import { copyPlace, setPlace } from '../../text/positions.ts';
import { type ApiEvent, invocationUri } from '../events/api-event.ts';
import { type Expansion, pick } from '../expansion.ts';
import { applyDefaultRouteAuth, routeSecurity } from './http-api-auth.ts';

/**
 * The paths of an HTTP API with what events add: routes that are not there, an integration where a route has none, and
 * their own Auth. The API's default authorizer then guards every route that says nothing itself.
 */
export const withRoutes = (
  given: PlainMap,
  events: readonly ApiEvent[],
  auth: PlainMap,
  expansion: Expansion,
): PlainMap => {
  const paths: Record<string, Plain> = { ...given };
  const made = new Set<string>();
  for (const event of events) {
    const key = event.method === 'any' ? 'x-amazon-apigateway-any-method' : event.method;
    const route = event.path === '$default' ? event.path : `${event.method.toUpperCase()} ${event.path}`;
    if (made.has(route)) {
      expansion.problems.add(`Two events stand for the route ${route}.`, event.place, 'Remove one of them.');
      continue;
    }
    made.add(route);
    const item = mapAt(paths, event.path);
    const operation = withEvent(mapAt(item, key), event, auth);
    const changed: PlainMap = { ...item, [key]: operation };
    if (Object.hasOwn(given, event.path)) copyPlace(item, changed);
    else setPlace(changed, event.place);
    paths[event.path] = changed;
  }
  return applyDefaultRouteAuth(copyPlace(given, paths), auth);
};

const integrationKey = 'x-amazon-apigateway-integration';

const withEvent = (given: PlainMap, event: ApiEvent, auth: PlainMap): PlainMap => {
  const own = entry(given, integrationKey);
  const version = entry(event.properties, 'PayloadFormatVersion');
  const integration: Plain =
    own !== undefined && !isMap(own)
      ? own
      : {
          ...(own ?? {
            type: 'aws_proxy',
            httpMethod: 'POST',
            uri: invocationUri(event.target),
            payloadFormatVersion: '2.0',
          }),
          ...(version === undefined ? {} : { payloadFormatVersion: String(version) }),
          ...timeoutOf(event),
        };
  const security = [...listAt(given, 'security'), ...ownSecurity(event, auth)];
  const operation: PlainMap = {
    ...(event.path === '$default' ? { isDefaultRoute: true } : {}),
    responses: {},
    ...given,
    ...(security.length > 0 ? { security } : {}),
    [integrationKey]: own !== undefined && isMap(own) && isMap(integration) ? copyPlace(own, integration) : integration,
  };
  if (Object.keys(given).length > 0) return copyPlace(given, operation);
  setPlace(operation, event.place);
  return operation;
};

const timeoutOf = ({ properties }: ApiEvent): PlainMap => {
  const timeout = pick(properties, 'TimeoutInMillis').TimeoutInMillis;
  return timeout === undefined ? {} : { timeoutInMillis: timeout };
};

/** What an event says itself; NONE is a mark that keeps the API's default away. */
const ownSecurity = (event: ApiEvent, auth: PlainMap): readonly Plain[] => {
  const own = mapAt(event.properties, 'Auth');
  if (entry(own, 'Authorizer') === 'NONE') return [{ NONE: [] }];
  return Object.keys(own).length > 0 ? routeSecurity(event, auth) : [];
};

const listAt = (map: PlainMap, key: string): readonly Plain[] => {
  const value = entry(map, key);
  return value !== undefined && isList(value) ? value : [];
};
