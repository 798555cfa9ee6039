import type { EventBus } from '../../model/event-rule.ts';
import type { PolicyDocument } from '../../model/policy.ts';
import { entry, isMap } from '../text/plain.ts';
import { jsonReader } from './json-property.ts';
import { policyDocument } from './role.ts';
import type { Source } from './source.ts';

export const buildEventBuses = (source: Source): readonly EventBus[] =>
  source.ofType('AWS::Events::EventBus').map((resource) => {
    const reader = source.read(resource);
    const name = source.getAtt(resource, 'Name');
    const own = policyDocument(reader, 'Policy');
    return {
      logicalId: resource.logicalId,
      name,
      arn: source.getAtt(resource, 'Arn'),
      deadLetterTargetArn: jsonReader(source, reader, 'DeadLetterConfig').text('Arn'),
      policies: [...(own ? [own] : []), ...busPolicies(source, name)],
      place: resource.place,
    };
  });

const busPolicies = (source: Source, bus: string): readonly PolicyDocument[] =>
  source.ofType('AWS::Events::EventBusPolicy').flatMap((resource): PolicyDocument[] => {
    const reader = source.read(resource);
    if (busName(reader.text('EventBusName')) !== bus) return [];
    const statement = entry(reader.source, 'Statement');
    if (!isMap(statement ?? null)) return [];
    return [{ Version: '2012-10-17', Statement: [statement] as unknown as PolicyDocument['Statement'] }];
  });

/** The name of a bus from what a property may hold: nothing, a name or an ARN. */
export const busName = (given: string | null): string => given?.replace(/^arn:.*:event-bus\//, '') || 'default';
