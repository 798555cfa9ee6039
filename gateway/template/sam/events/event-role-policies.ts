import { entry, isFalse, isMap, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';

import { sourceDelivery } from '../functions/delivery-policies.ts';
import { certificateAuthority, isLogin, networkTypes, sourceAccess } from './event-source-access.ts';

/** AWS's own policies that let a function read the source of its events. */
const managed: Readonly<Record<string, string>> = {
  DynamoDB: 'AWSLambdaDynamoDBExecutionRole',
  Kinesis: 'AWSLambdaKinesisExecutionRole',
  MSK: 'AWSLambdaMSKExecutionRole',
  SQS: 'AWSLambdaSQSQueueExecutionRole',
};

export type EventPolicies = {
  /** Names of managed policies, each once. */
  readonly managed: readonly string[];
  readonly documents: readonly Plain[];
};

/** What the role of a function needs for its events: to read their sources, and to send on what failed. */
export const eventPolicies = (properties: PlainMap): EventPolicies => {
  const names = new Set<string>();
  const documents = new Map<string, Plain>();
  for (const [, event] of inOrder(mapAt(properties, 'Events'))) {
    const type = textAt(event, 'Type') ?? '';
    const own = mapAt(event, 'Properties');
    const name = entry(managed, readsQueueBetween(type, own) ? 'SQS' : type);
    if (name) names.add(name);
    const statements = reading(type, own);
    const found = [
      ...(statements.length > 0 ? [document(type, statements)] : []),
      ...(Object.hasOwn(managed, type) || Object.hasOwn(readers, type) ? sourceDelivery(own) : []),
    ];
    for (const policy of found) documents.set(JSON.stringify(policy), policy);
  }
  return { managed: [...names], documents: [...documents.values()] };
};

/** SAM takes events by their path where they have one, else by their name. */
const inOrder = (events: PlainMap): readonly (readonly [string, PlainMap])[] =>
  Object.entries(events)
    .flatMap(([name, event]) =>
      isMap(event) ? [[textAt(mapAt(event, 'Properties'), 'Path') ?? name, event] as const] : [],
    )
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const readsQueueBetween = (type: string, properties: PlainMap): boolean => {
  const through = entry(properties, 'SqsSubscription') ?? false;
  return type === 'SNS' && !isFalse(through);
};

const may = (action: Plain, resource: Plain): PlainMap => ({ Action: action, Effect: 'Allow', Resource: resource });
const readsSecret = (secret: Plain): PlainMap => may(['secretsmanager:GetSecretValue'], secret);
const usesNetwork = may(
  [
    'ec2:CreateNetworkInterface',
    'ec2:DescribeNetworkInterfaces',
    'ec2:DeleteNetworkInterface',
    'ec2:DescribeVpcs',
    'ec2:DescribeSubnets',
    'ec2:DescribeSecurityGroups',
  ],
  '*',
);
const here = (service: string, resource: string): PlainMap => ({
  'Fn::Sub': `arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`,
});

/** The secrets and keys that come with a source, and the calls that find its way. */
const readers: Readonly<Record<string, (properties: PlainMap) => readonly PlainMap[]>> = {
  MSK: (properties) => [
    ...registry(properties),
    ...sourceAccess(entry(properties, 'SourceAccessConfigurations'))
      .filter(({ type, uri }) => type === 'CLIENT_CERTIFICATE_TLS_AUTH' && uri !== null)
      .map(({ uri }) => readsSecret(uri)),
  ],
  MQ: (properties) => [
    ...login(properties),
    may(['mq:DescribeBroker'], entry(properties, 'Broker') ?? ''),
    ...decrypts(properties, 'kms:Decrypt'),
  ],
  SelfManagedKafka(properties) {
    const access = sourceAccess(entry(properties, 'SourceAccessConfigurations'));
    const secrets = [access.find(isLogin), access.findLast(({ type }) => type === certificateAuthority)];
    return [
      ...secrets.flatMap((found) =>
        found && found.uri !== null && !/^IAM_/.test(found.type) ? [readsSecret(found.uri)] : [],
      ),
      ...(networkTypes.every((wanted) => access.some(({ type }) => type === wanted)) ? [usesNetwork] : []),
      ...decrypts(properties, ['kms:Decrypt']),
      ...registry(properties),
    ];
  },
  DocumentDB: (properties) => [
    ...login(properties),
    may(['rds:DescribeDBClusterParameters'], here('rds', 'cluster-pg:*')),
    may(['rds:DescribeDBSubnetGroups'], here('rds', 'subgrp:*')),
    may(['rds:DescribeDBClusters'], entry(properties, 'Cluster') ?? ''),
    usesNetwork,
    ...decrypts(properties, ['kms:Decrypt']),
  ],
};

const reading = (type: string, properties: PlainMap): readonly PlainMap[] => entry(readers, type)?.(properties) ?? [];

const document = (type: string, statements: readonly PlainMap[]): PlainMap =>
  type === 'SelfManagedKafka' ? { Statement: statements, Version: '2012-10-17' } : { Statement: statements };

const login = (properties: PlainMap): readonly PlainMap[] =>
  sourceAccess(entry(properties, 'SourceAccessConfigurations'))
    .filter(({ type, uri }) => type === 'BASIC_AUTH' && uri !== null)
    .map(({ uri }) => readsSecret(uri));

const decrypts = (properties: PlainMap, action: Plain): readonly PlainMap[] => {
  const key = textAt(properties, 'SecretsManagerKmsKeyId');
  return key === null ? [] : [may(action, here('kms', `key/${key}`))];
};

/** A schema registry of Kafka events; of Glue's, SAM reads the name from the ARN. */
const registry = (properties: PlainMap): readonly PlainMap[] => {
  const config = mapAt(properties, 'SchemaRegistryConfig');
  const uri = entry(config, 'SchemaRegistryURI') ?? null;
  if (uri === null) return [];
  const written = isMap(uri) ? entry(uri, 'Fn::Sub') : uri;
  const arn = Array.isArray(written) ? written[0] : written;
  const name = /^arn(?::[^:]*){4}:registry\/([^:]*)/.exec(typeof arn === 'string' ? arn : '')?.[1];
  return [
    ...sourceAccess(entry(config, 'AccessConfigs')).flatMap((access) =>
      access.uri === null ? [] : [readsSecret(access.uri)],
    ),
    ...(name === undefined
      ? []
      : [may(['glue:GetRegistry'], uri), may(['glue:GetSchemaVersion'], [here('glue', `schema/${name}/*`)])]),
  ];
};
