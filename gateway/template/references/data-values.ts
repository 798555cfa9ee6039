import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';
import {
  after,
  allValues,
  alsoAs,
  arnOf,
  fixed,
  hexId,
  hostOf,
  named,
  nameOf,
  type TextOf,
  uuid,
  values,
} from './value-shapes.ts';

const bucketName: TextOf = (subject) =>
  subject.text(
    'BucketName',
    ownName(subject)
      .toLowerCase()
      .replace(/[^a-z0-9.-]/g, '-'),
  );
const bucketHost =
  (between: string): TextOf =>
  (subject) =>
    `${bucketName(subject)}.s3${between.replace('{region}', subject.target.region)}.${subject.target.urlSuffix}`;

/** The moment in a stream's label; it never changes, so that a stream keeps its ARN across restarts. */
const streamLabel = '2025-01-01T00:00:00.000';
const tableName = nameOf('TableName');
const tableArn = arnOf('dynamodb', after('table/', tableName));
const streamArn = (subject: Subject): string | undefined =>
  subject.property('StreamSpecification') === undefined
    ? undefined
    : `${arn(subject.target, 'dynamodb', `table/${tableName(subject)}`)}/stream/${streamLabel}`;

/** A database, a cache or a search domain: its name is in lower case, and so is its host. */
const lowerName =
  (property: string): TextOf =>
  (subject) =>
    subject.text(property, ownName(subject)).toLowerCase();
const host = (property: string, service: string, part: string): TextOf =>
  hostOf((subject) => `${lowerName(property)(subject)}.${part}`, service);
const database = (property: string, kind: string, port: string): LocalValues =>
  values(lowerName(property), {
    'Endpoint.Address': host(property, 'rds', 'local'),
    'Endpoint.Port': fixed(port),
    'ReadEndpoint.Address': host(property, 'rds', 'ro-local'),
    [`${kind === 'db' ? 'DBInstance' : 'DBCluster'}Arn`]: arnOf('rds', after(`${kind}:`, lowerName(property))),
    'MasterUserSecret.SecretArn': arnOf('secretsmanager', (subject) => `secret:rds!${kind}-${uuid(subject)}`),
  });
const searchDomain: LocalValues = named('DomainName', 'es', 'domain/', {
  DomainArn: arnOf('es', after('domain/', nameOf('DomainName'))),
  DomainEndpoint: host('DomainName', 'es', 'local'),
  Id: (subject) => `${subject.target.accountId}/${nameOf('DomainName')(subject)}`,
});

export const dataValues: Readonly<Record<string, LocalValues>> = {
  'AWS::DynamoDB::Table': allValues(tableName, { Arn: tableArn, StreamArn: streamArn }),
  'AWS::DynamoDB::GlobalTable': allValues(tableName, { Arn: tableArn, StreamArn: streamArn, TableId: uuid }),
  'AWS::S3::Bucket': values(bucketName, {
    Arn: (subject) => `arn:${subject.target.partition}:s3:::${bucketName(subject)}`,
    DomainName: bucketHost(''),
    DualStackDomainName: bucketHost('.dualstack.{region}'),
    RegionalDomainName: bucketHost('.{region}'),
    WebsiteURL: (subject) => `http://${bucketHost('-website-{region}')(subject)}`,
  }),
  'AWS::S3::BucketPolicy': values((subject) => subject.text('Bucket', ownName(subject))),
  'AWS::S3::AccessPoint': named('Name', 's3', 'accesspoint/', { Name: nameOf('Name') }),
  'AWS::EFS::FileSystem': values(hexId('fs-'), {
    Arn: arnOf('elasticfilesystem', after('file-system/', hexId('fs-'))),
    FileSystemId: hexId('fs-'),
  }),
  'AWS::EFS::AccessPoint': values(hexId('fsap-'), {
    Arn: arnOf('elasticfilesystem', after('access-point/', hexId('fsap-'))),
    AccessPointId: hexId('fsap-'),
  }),
  'AWS::EFS::MountTarget': alsoAs(hexId('fsmt-'), ['Id'], { IpAddress: fixed('10.0.0.10') }),
  'AWS::RDS::DBInstance': database('DBInstanceIdentifier', 'db', '5432'),
  'AWS::RDS::DBCluster': database('DBClusterIdentifier', 'cluster', '5432'),
  'AWS::RDS::DBProxy': values(lowerName('DBProxyName'), {
    DBProxyArn: arnOf('rds', after('db-proxy:prx-', hexId(''))),
    Endpoint: host('DBProxyName', 'rds', 'proxy-local'),
  }),
  'AWS::RDS::DBSubnetGroup': values(lowerName('DBSubnetGroupName')),
  'AWS::DocDB::DBCluster': values(lowerName('DBClusterIdentifier'), {
    ClusterResourceId: hexId('cluster-', 26),
    Endpoint: host('DBClusterIdentifier', 'docdb', 'local'),
    ReadEndpoint: host('DBClusterIdentifier', 'docdb', 'ro-local'),
    Port: fixed('27017'),
  }),
  'AWS::DocDB::DBInstance': values(lowerName('DBInstanceIdentifier'), {
    Endpoint: host('DBInstanceIdentifier', 'docdb', 'local'),
    Port: fixed('27017'),
  }),
  'AWS::ElastiCache::CacheCluster': values(lowerName('ClusterName'), {
    'RedisEndpoint.Address': host('ClusterName', 'cache', 'local'),
    'RedisEndpoint.Port': fixed('6379'),
    'ConfigurationEndpoint.Address': host('ClusterName', 'cache', 'cfg-local'),
    'ConfigurationEndpoint.Port': fixed('11211'),
  }),
  'AWS::ElastiCache::ReplicationGroup': values(lowerName('ReplicationGroupId'), {
    'PrimaryEndPoint.Address': host('ReplicationGroupId', 'cache', 'local'),
    'PrimaryEndPoint.Port': fixed('6379'),
    'ReaderEndPoint.Address': host('ReplicationGroupId', 'cache', 'ro-local'),
    'ReaderEndPoint.Port': fixed('6379'),
    'ConfigurationEndPoint.Address': host('ReplicationGroupId', 'cache', 'cfg-local'),
    'ConfigurationEndPoint.Port': fixed('6379'),
  }),
  'AWS::ElastiCache::ServerlessCache': values(lowerName('ServerlessCacheName'), {
    ARN: arnOf('elasticache', after('serverlesscache:', lowerName('ServerlessCacheName'))),
    'Endpoint.Address': host('ServerlessCacheName', 'cache', 'serverless-local'),
    'Endpoint.Port': fixed('6379'),
  }),
  'AWS::ElastiCache::SubnetGroup': values(lowerName('CacheSubnetGroupName')),
  'AWS::OpenSearchService::Domain': searchDomain,
  'AWS::Elasticsearch::Domain': searchDomain,
  'AWS::OpenSearchServerless::Collection': alsoAs(hexId('', 20), ['Id'], {
    Arn: arnOf('aoss', after('collection/', hexId('', 20))),
    CollectionEndpoint: (subject) => `https://${hostOf(hexId('', 20), 'aoss')(subject)}`,
    DashboardEndpoint: (subject) => `https://${hostOf(hexId('', 20), 'aoss')(subject)}/_dashboards`,
  }),
  'AWS::Glue::Database': values(nameOf('Name')),
  'AWS::Glue::Table': values(nameOf('Name')),
  'AWS::Glue::Job': values(nameOf('Name')),
  'AWS::Glue::Registry': alsoAs(arnOf('glue', after('registry/', nameOf('Name'))), ['Arn']),
  'AWS::Athena::WorkGroup': values(nameOf('Name')),
  'AWS::Timestream::Database': named('DatabaseName', 'timestream', 'database/'),
  'AWS::ECR::Repository': values(lowerName('RepositoryName'), {
    Arn: arnOf('ecr', after('repository/', lowerName('RepositoryName'))),
    RepositoryUri: (subject) =>
      `${subject.target.accountId}.dkr.ecr.${subject.target.region}.${subject.target.urlSuffix}/${lowerName('RepositoryName')(subject)}`,
  }),
};
