import type { Resource } from '../../resource.ts';
import { entry, isMap, mapAt } from '../../text/plain.ts';
import type { Expansion } from '../expansion.ts';
import { refuser } from './api-rules.ts';

/** What SAM refuses of a WebSocket API. */
export const refuseOddWebSocketApi = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const refuse = refuser(resource, expansion);
  const routes = mapAt(properties, 'Routes');
  const auth = mapAt(properties, 'Auth');
  const type = entry(auth, 'AuthType') ?? null;
  const others = Object.keys(auth).filter((key) => key !== 'AuthType');
  if (Object.keys(routes).length === 0)
    refuse(properties, 'Routes', `${logicalId} has no Routes.`, 'Give it at least one.');
  if (entry(properties, 'StageName') === '$default') {
    refuse(
      properties,
      'StageName',
      'A WebSocket API has no stage $default.',
      'Name it, or leave it out: it is default.',
    );
  }
  const address = entry(properties, 'IpAddressType') ?? null;
  if (typeof address === 'string' && address !== 'ipv4' && address !== 'dualstack') {
    refuse(properties, 'IpAddressType', `IpAddressType of ${logicalId} is ${address}.`, 'It can be ipv4 or dualstack.');
  }
  if (type === null && others.length > 0) {
    const what = `Auth of ${logicalId} has no AuthType.`;
    refuse(properties, 'Auth', what, `Write AuthType: CUSTOM beside ${others[0]}.`);
  } else if (type !== null && !['NONE', 'AWS_IAM', 'CUSTOM'].includes(String(type))) {
    refuse(auth, 'AuthType', `AuthType of ${logicalId} is ${String(type)}.`, 'It can be NONE, AWS_IAM or CUSTOM.');
  } else if (type !== null && type !== 'CUSTOM' && others.length > 0) {
    refuse(auth, others[0]!, `Auth of ${logicalId} has ${others[0]} beside AuthType ${String(type)}.`, 'Leave it out.');
  }
  if (Object.keys(auth).length > 0 && Object.keys(routes).length > 0 && entry(routes, '$connect') === undefined) {
    refuse(properties, 'Auth', `${logicalId} has an Auth and no route $connect, where it is asked.`, 'Add the route.');
  }
  for (const [key, route] of Object.entries(routes)) {
    if (key === '$connect' || !isMap(route) || entry(route, 'RequestParameters') === undefined) continue;
    const what = `The route ${key} of ${logicalId} has RequestParameters.`;
    refuse(route, 'RequestParameters', what, 'Only $connect can have them: leave them out.');
  }
};
