import type { Resource } from '../../resource.ts';
import { describe, entry, isList, isMap, mapAt, type Plain, type PlainMap } from '../../text/plain.ts';
import { mergePlaces, placeOf } from '../../text/positions.ts';
import { getAtt, ref } from '../expansion.ts';
import { allow, type FunctionEvent, hasAll, linked, mapOf, refuse, textsOf } from './function-event.ts';

/** S3: a notification of the bucket, which waits for the permission: S3 tries the function when it takes it. */
export const bucketEvent = (event: FunctionEvent): void => {
  if (!hasAll(event, 'Bucket', 'Events')) return;
  const bucket = linked(event, 'Bucket', 'AWS::S3::Bucket', 'bucket');
  if (bucket === null) return;
  allow(event, 's3.amazonaws.com', { SourceAccount: ref('AWS::AccountId') });
  const filter = mapOf(event, 'Filter');
  const added = textsOf(event, 'Events').map((name) => ({
    Function: event.target,
    ...(filter ? { Filter: filter } : {}),
    Event: name,
  }));
  const notifications = mapAt(bucket.properties, 'NotificationConfiguration');
  const own = entry(notifications, 'LambdaConfigurations') ?? [];
  if (!isList(own)) {
    event.expansion.problems.add(
      `LambdaConfigurations of ${bucket.logicalId} must be a list, not ${describe(own)}.`,
      placeOf(notifications, 'LambdaConfigurations') ?? bucket.place,
      'Mend its value.',
    );
    return;
  }
  const known = new Set(own.map((item) => JSON.stringify(item)));
  const laid = [...own, ...added.filter((item) => !known.has(JSON.stringify(item)))];
  lay(event, bucket, 'NotificationConfiguration', { LambdaConfigurations: laid }, [`${event.id}Permission`]);
};

/** Cognito: triggers of the user pool. */
export const userPoolEvent = (event: FunctionEvent): void => {
  if (!hasAll(event, 'UserPool', 'Trigger')) return;
  const pool = linked(event, 'UserPool', 'AWS::Cognito::UserPool', 'user pool');
  if (pool === null) return;
  const invoked = isMap(event.alias) ? String(event.alias.Ref) : event.resource.logicalId;
  // One permission for all triggers of a function.
  allow(
    event,
    'cognito-idp.amazonaws.com',
    { SourceArn: getAtt(pool.logicalId, 'Arn') },
    `${invoked}CognitoPermission`,
  );
  const triggers = mapAt(pool.properties, 'LambdaConfig');
  const added: Record<string, Plain> = {};
  for (const trigger of textsOf(event, 'Trigger')) {
    if (entry(triggers, trigger) === undefined && added[trigger] === undefined) added[trigger] = event.target;
    else {
      refuse(
        event,
        'Trigger',
        `The event ${event.eventId} sets the trigger ${trigger} of ${pool.logicalId} a second time.`,
        'A user pool calls one function for each trigger: take one of them out.',
      );
    }
  }
  lay(event, pool, 'LambdaConfig', added, []);
};

/** Lays members into a map property of one of the template's own resources. */
const lay = (
  event: FunctionEvent,
  into: Resource,
  property: string,
  members: PlainMap,
  dependsOn: readonly string[],
): void => {
  const written = entry(into.properties, property) ?? {};
  if (!isMap(written)) {
    event.expansion.problems.add(
      `${property} of ${into.logicalId} must be a map, not ${describe(written)}.`,
      placeOf(into.properties, property) ?? into.place,
      'Mend its value.',
    );
    return;
  }
  const value = mergePlaces({ ...written, ...members }, written, event.properties);
  event.expansion.changed.set(into.logicalId, {
    ...into,
    properties: mergePlaces({ ...into.properties, [property]: value }, into.properties),
    dependsOn: [...into.dependsOn, ...dependsOn],
  });
};
