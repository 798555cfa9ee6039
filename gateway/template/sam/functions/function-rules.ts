import type { Problems } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { entry, isMap, mapAt, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';

import { isShifted } from './deployment-preference.ts';

/** Refuses what SAM refuses of a function: properties that need or exclude each other, and values that it does not know. */
export const refuseOddFunction = (resource: Resource, problems: Problems): void => {
  const { logicalId, properties } = resource;
  const has = (key: string): boolean => {
    const value = entry(properties, key) ?? null;
    return value !== null && !(isMap(value) && Object.keys(value).length === 0);
  };
  const refuse = (key: string, what: string, remedy: string, map = properties): void =>
    problems.add(what, placeOf(map, key) ?? placeOf(properties, key) ?? resource.place, remedy);

  const oneOf = (key: string, choices: readonly string[]): void => {
    const value = entry(properties, key);
    if (typeof value !== 'string' || choices.includes(value)) return;
    refuse(key, `${key} of ${logicalId} is ${value}.`, `It can be ${choices.join(' or ')}.`);
  };

  for (const [key, needed] of needs) {
    if (has(key) && !has(needed)) refuse(key, `${logicalId} has ${key} without ${needed}.`, `Give it ${needed} too.`);
  }
  for (const [key, other] of exclusive) {
    if (has(key) && has(other))
      refuse(other, `${logicalId} has both ${key} and ${other}.`, 'Lambda takes one of them.');
  }
  if (isShifted(properties)) {
    const preference = mapAt(properties, 'DeploymentPreference');
    if (!has('AutoPublishAlias')) {
      refuse(
        'DeploymentPreference',
        `${logicalId} has DeploymentPreference without AutoPublishAlias.`,
        'Give it AutoPublishAlias: traffic is shifted between the versions of an alias.',
      );
    }
    if (entry(preference, 'Type') === undefined) {
      refuse(
        'DeploymentPreference',
        `DeploymentPreference of ${logicalId} has no Type.`,
        'Write one, such as AllAtOnce.',
      );
    }
  }
  oneOf('VersionDeletionPolicy', ['Delete', 'Retain']);
  oneOf('PackageType', ['Zip', 'Image']);

  if (has('DeadLetterQueue')) {
    const queue = mapAt(properties, 'DeadLetterQueue');
    const type = textAt(queue, 'Type');
    if (type !== 'SQS' && type !== 'SNS') {
      refuse(
        'Type',
        `DeadLetterQueue of ${logicalId} has ${type === null ? 'no Type' : `the Type ${type}`}.`,
        'Write Type: SQS or Type: SNS.',
        queue,
      );
    }
    if ((entry(queue, 'TargetArn') ?? null) === null) {
      refuse(
        'TargetArn',
        `DeadLetterQueue of ${logicalId} has no TargetArn.`,
        'Give it the ARN of a queue or topic.',
        queue,
      );
    }
  }
  const destinations = mapAt(mapAt(properties, 'EventInvokeConfig'), 'DestinationConfig');
  for (const name of ['OnSuccess', 'OnFailure']) {
    const destination = mapAt(destinations, name);
    if (Object.keys(destination).length === 0) continue;
    const type = textAt(destination, 'Type');
    if (type === null || !destinationTypes.includes(type)) {
      refuse(
        'Type',
        `${name} of ${logicalId}'s EventInvokeConfig has ${type === null ? 'no Type' : `the Type ${type}`}.`,
        `It can be ${destinationTypes.join(', ')}.`,
        destination,
      );
    } else if (type !== 'SQS' && type !== 'SNS' && (entry(destination, 'Destination') ?? null) === null) {
      refuse(
        name,
        `${name} of ${logicalId}'s EventInvokeConfig has no Destination.`,
        'Give it an ARN: SAM makes queues and topics alone.',
        destinations,
      );
    }
  }
  if (!has('TenancyConfig')) return;
  const events = mapAt(properties, 'Events');
  for (const [name, event] of Object.entries(events)) {
    if (!isMap(event) || event.Type === 'Api' || event.Type === 'HttpApi') continue;
    refuse(
      name,
      `${logicalId} has tenants, so that the event ${name} cannot invoke it.`,
      'Such a function takes events of type Api and HttpApi alone.',
      events,
    );
  }
};

const destinationTypes = ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket'];

const needs = [
  ['ProvisionedConcurrencyConfig', 'AutoPublishAlias'],
  ['VersionDeletionPolicy', 'AutoPublishAlias'],
  ['FunctionScalingConfig', 'CapacityProviderConfig'],
] as const;

const exclusive = [
  ['CapacityProviderConfig', 'ProvisionedConcurrencyConfig'],
  ['CapacityProviderConfig', 'VpcConfig'],
  ['TenancyConfig', 'ProvisionedConcurrencyConfig'],
  ['TenancyConfig', 'FunctionUrlConfig'],
  ['TenancyConfig', 'SnapStart'],
] as const;
