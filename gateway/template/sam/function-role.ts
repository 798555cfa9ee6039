import type { Resource } from '../resource.ts';
import { entry, isList, isMap, type Plain } from '../text/plain.ts';
import { invocationDeliveries, sourceDeliveries } from './delivery-policies.ts';
import { type Expansion, make, mapAt, pick, textAt } from './expansion.ts';

const managed = (name: string): Plain =>
  name.startsWith('arn:') ? name : { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` };

/** What lets a function read the source of its events. */
const readingPolicies: Readonly<Record<string, string>> = {
  DynamoDB: 'service-role/AWSLambdaDynamoDBExecutionRole',
  Kinesis: 'service-role/AWSLambdaKinesisExecutionRole',
  SQS: 'service-role/AWSLambdaSQSQueueExecutionRole',
};

/** The role that SAM makes of `Policies`. Policy templates are not turned into statements here; `check` says so. */
export const expandRole = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const managedPolicies: Plain[] = [managed('service-role/AWSLambdaBasicExecutionRole')];
  const tracing = textAt(properties, 'Tracing');
  if (tracing !== null && tracing !== 'Disabled') managedPolicies.push(managed('AWSXrayWriteOnlyAccess'));
  if (Object.keys(mapAt(properties, 'VpcConfig')).length > 0) {
    managedPolicies.push(managed('service-role/AWSLambdaVPCAccessExecutionRole'));
  }
  const documents: Plain[] = invocationDeliveries(logicalId, properties);
  const policies = entry(properties, 'Policies');
  for (const policy of policies === undefined ? [] : isList(policies) ? policies : [policies]) {
    if (typeof policy === 'string') managedPolicies.push(managed(policy));
    else if (isMap(policy) && (entry(policy, 'Ref') !== undefined || entry(policy, 'Fn::Join') !== undefined)) {
      managedPolicies.push(policy);
    } else if (isMap(policy) && entry(policy, 'Statement') !== undefined) {
      documents.push(policy);
    }
  }
  for (const event of Object.values(mapAt(properties, 'Events'))) {
    const reading = isMap(event) ? entry(readingPolicies, textAt(event, 'Type') ?? '') : undefined;
    if (reading) managedPolicies.push(managed(reading));
  }
  documents.push(...sourceDeliveries(properties));
  make(expansion, resource, `${logicalId}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: entry(properties, 'AssumeRolePolicyDocument') ?? {
      Version: '2012-10-17',
      Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] } }],
    },
    ManagedPolicyArns: managedPolicies,
    ...(documents.length > 0
      ? {
          Policies: documents.map((document, i) => ({
            PolicyName: `${logicalId}RolePolicy${i}`,
            PolicyDocument: document,
          })),
        }
      : {}),
    ...(textAt(properties, 'RolePath') ? { Path: properties.RolePath! } : {}),
    ...pick(properties, 'PermissionsBoundary'),
  });
};
