import { didYouMean, type Problems } from '../../problems.ts';
import type { Resource, Resources } from '../../resource.ts';
import { describe, entry, isList, isMap } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';
import { readEnd } from './ends.ts';
import { policiesOf, type Refuse, waitFor } from './policies.ts';
import type { Permission, Profile } from './profile.ts';
import { connectorProfiles } from './profiles.ts';
import { type Connector, connectorsOf, connectorType } from './written.ts';

/**
 * What connectors add to resources that are already CloudFormation's own: policies and permissions. What must wait for
 * them does so in `resources`.
 */
export const expandConnectors = (
  source: Resources,
  resources: Map<string, Resource>,
  problems: Problems,
): readonly Resource[] =>
  connectorsOf(source, problems).flatMap((connector) => {
    const taken = connector.owner.logicalId === connector.logicalId ? undefined : resources.get(connector.logicalId);
    if (taken) {
      problems.add(
        `The connector ${connector.logicalId} has the name of a resource.`,
        placeOf(connector.properties) ?? connector.owner.place,
        'Give it another name: behind that of its source, it must be the only one.',
      );
    }
    const made = connect(connector, resources, problems);
    // What waits for the connector waits for what it makes.
    for (const resource of resources.values()) {
      if (!resource.dependsOn.includes(connector.logicalId)) continue;
      const others = resource.dependsOn.filter((id) => id !== connector.logicalId);
      resources.set(resource.logicalId, {
        ...resource,
        dependsOn: [...others, ...made.map(({ logicalId }) => logicalId)],
      });
    }
    return made;
  });

const connect = (connector: Connector, resources: Map<string, Resource>, problems: Problems): readonly Resource[] => {
  const { properties, owner } = connector;
  const refuse = (key: string, what: string, remedy: string): void =>
    problems.add(what.replace('%s', connector.logicalId), placeOf(properties, key) ?? owner.place, remedy);
  const from = entry(properties, 'Source') ?? null;
  const to = entry(properties, 'Destination') ?? null;
  const several = isList(to);
  const destinations = several ? to : [to];
  if (!isMap(from)) {
    refuse('Source', 'The connector %s has no Source.', 'Write the Id of a resource under it.');
    return [];
  }
  if (to === null || destinations.length === 0) {
    refuse('Destination', 'The connector %s has no Destination.', 'Write the Id of a resource under it.');
  }
  const made: Resource[] = [];
  destinations.forEach((target, i) => {
    if (!isMap(target)) {
      if (target !== null)
        refuse('Destination', `Destination of %s must be a map, not ${describe(target)}.`, 'Mend it.');
      return;
    }
    const destination = readEnd('Destination', target, from, resources);
    const origin = readEnd('Source', from, target, resources);
    for (const end of [origin, destination]) {
      if ('wrong' in end) refuse(end === origin ? 'Source' : 'Destination', end.wrong, end.remedy);
    }
    if ('wrong' in destination || 'wrong' in origin) return;
    const profile = entry(entry(connectorProfiles, origin.type) ?? {}, destination.type);
    if (!profile) {
      refuse(
        'Destination',
        `The connector %s leads from ${origin.type} to ${destination.type}, which SAM does not connect.`,
        destinationsOf(origin.type),
      );
      return;
    }
    const permissions = readPermissions(properties, profile, refuse);
    if (permissions === null) return;
    const suffix = several ? `Destination${i}` : '';
    const written = policiesOf(profile, permissions, origin, destination, connector.logicalId, suffix, refuse);
    for (const { logicalId, type, properties: own } of written) {
      if (resources.has(logicalId)) {
        const remedy = 'Give the other resource or the connector another name.';
        refuse('Destination', `The connector %s makes ${logicalId}, and there is a resource of that name.`, remedy);
      }
      made.push({
        logicalId,
        type,
        properties: copyPlace(properties, own),
        written: {},
        metadata: {},
        dependsOn: owner.type === connectorType ? owner.dependsOn : [],
        ignoreGlobals: null,
        place: placeOf(properties) ?? owner.place,
      });
      if (profile.kind === 'role') waitFor(profile, origin, destination, logicalId, resources);
    }
  });
  return made;
};

const destinationsOf = (type: string): string => {
  const known = Object.keys(entry(connectorProfiles, type) ?? {});
  if (known.length > 0) return `From there it connects to ${known.join(', ')}.`;
  return `It connects from ${Object.keys(connectorProfiles).join(', ')}.${didYouMean(type, Object.keys(connectorProfiles))}`;
};

const readPermissions = (
  properties: Connector['properties'],
  profile: Profile,
  refuse: Refuse,
): readonly Permission[] | null => {
  const given = entry(properties, 'Permissions') ?? [];
  const wanted = [...new Set(isList(given) ? given : [given])];
  const known = Object.keys(profile.access) as Permission[];
  const odd = wanted.find((permission) => !known.includes(permission as Permission));
  if (wanted.length === 0 || odd !== undefined) {
    refuse(
      'Permissions',
      odd === undefined
        ? 'The connector %s has no Permissions.'
        : `The connector %s asks for ${typeof odd === 'string' ? odd : describe(odd)}, which it cannot give.`,
      `They can be ${known.join(', ')}.`,
    );
    return null;
  }
  const combinations = profile.kind === 'role' ? profile.combinations : undefined;
  if (combinations && !combinations.some((each) => String([...each].sort()) === String([...wanted].sort()))) {
    const possible = combinations.map((each) => each.join(' and ')).join(', or ');
    refuse('Permissions', `The connector %s asks for ${wanted.join(' and ')} alone.`, `They can be ${possible}.`);
    return null;
  }
  return known.filter((permission) => wanted.includes(permission));
};
