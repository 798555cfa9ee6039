import type { Resource } from '../../resource.ts';
import { entry, mapAt, textAt } from '../../text/plain.ts';
import { eventPolicies } from '../events/event-role-policies.ts';
import type { Expansion } from '../expansion.ts';
import { type Grants, grantsOfPolicies, makeExecutionRole, managed, trust } from '../roles/execution-role.ts';
import { invocationDeliveries } from './delivery-policies.ts';

/** The role that SAM makes where a function names none. */
export const expandRole = (resource: Resource, expansion: Expansion): void => {
  const { properties } = resource;
  const events = eventPolicies(properties);
  makeExecutionRole(
    resource,
    expansion,
    entry(properties, 'AssumeRolePolicyDocument') ?? trust('lambda.amazonaws.com'),
    [
      own(resource),
      grantsOfPolicies(resource, expansion.problems),
      { managed: events.managed.map(managed), documents: events.documents },
    ],
  );
};

/** What its logs, traces, network and deliveries need. */
const own = ({ logicalId, properties, written }: Resource): Grants => {
  const tracing = textAt(properties, 'Tracing');
  const names = [
    entry(properties, 'DurableConfig') === undefined
      ? 'AWSLambdaBasicExecutionRole'
      : 'service-role/AWSLambdaBasicDurableExecutionRolePolicy',
    ...(tracing !== null && tracing !== 'Disabled' ? ['AWSXrayWriteOnlyAccess'] : []),
    // SAM looks at what is written: a condition's branch without a value counts too.
    ...(Object.keys({ ...mapAt(properties, 'VpcConfig'), ...mapAt(written, 'VpcConfig') }).length > 0
      ? ['AWSLambdaVPCAccessExecutionRole']
      : []),
  ];
  return { managed: names.map(managed), documents: invocationDeliveries(logicalId, properties) };
};
