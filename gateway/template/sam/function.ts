import { derivedId } from '../../derived-ids.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { invocationDestinations } from './delivery-policies.ts';
import { type Expansion, getAtt, make, mapAt, pick, ref, textAt } from './expansion.ts';
import { expandEvents } from './function-events.ts';
import { expandRole } from './function-role.ts';

/** A function, with its role, version, alias and what its events need. */
export const expandFunction = (resource: Resource, expansion: Expansion): void => {
  const { logicalId, properties } = resource;
  const tracing = entry(properties, 'Tracing');
  const deadLetter = mapAt(properties, 'DeadLetterQueue');
  make(
    expansion,
    resource,
    logicalId,
    'AWS::Lambda::Function',
    {
      ...pick(
        properties,
        'FunctionName',
        'Description',
        'Handler',
        'Runtime',
        'Timeout',
        'MemorySize',
        'Environment',
        'Layers',
        'Architectures',
        'EphemeralStorage',
        'LoggingConfig',
        'PackageType',
        'ReservedConcurrentExecutions',
        'SnapStart',
        'VpcConfig',
      ),
      Code: code(properties),
      Role: entry(properties, 'Role') ?? getAtt(`${logicalId}Role`, 'Arn'),
      TracingConfig: tracing === undefined || tracing === 'Disabled' ? undefined : { Mode: tracing },
      DeadLetterConfig: entry(deadLetter, 'TargetArn') === undefined ? undefined : { TargetArn: deadLetter.TargetArn! },
    },
    resource.metadata,
  );
  if (entry(properties, 'Role') === undefined) expandRole(resource, expansion);
  const alias = expandAlias(resource, expansion);
  if (entry(properties, 'FunctionUrlConfig') !== undefined) {
    const config = mapAt(properties, 'FunctionUrlConfig');
    if (textAt(config, 'AuthType') === 'NONE') {
      make(expansion, resource, `${logicalId}UrlPublicPermissions`, 'AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunctionUrl',
        FunctionName: ref(alias ?? logicalId),
        Principal: '*',
        FunctionUrlAuthType: 'NONE',
      });
    }
    make(expansion, resource, `${logicalId}Url`, 'AWS::Lambda::Url', {
      FunctionName: ref(logicalId),
      TargetFunctionArn: ref(alias ?? logicalId),
      ...pick(config, 'AuthType', 'Cors', 'InvokeMode'),
    });
  }
  const eventInvoke = mapAt(properties, 'EventInvokeConfig');
  const destinations = invocationDestinations(logicalId, properties);
  for (const { made } of destinations) if (made) make(expansion, resource, made.logicalId, made.type, {});
  if (Object.keys(eventInvoke).length > 0) {
    make(expansion, resource, `${logicalId}EventInvokeConfig`, 'AWS::Lambda::EventInvokeConfig', {
      FunctionName: ref(logicalId),
      Qualifier: textAt(properties, 'AutoPublishAlias') ?? '$LATEST',
      ...pick(eventInvoke, 'MaximumEventAgeInSeconds', 'MaximumRetryAttempts'),
      DestinationConfig: Object.fromEntries(destinations.map(({ name, Destination }) => [name, { Destination }])),
    });
  }
  expandEvents(resource, alias === null ? null : ref(alias), expansion);
};

const code = (properties: PlainMap): Plain => {
  const inline = entry(properties, 'InlineCode');
  if (inline !== undefined) return { ZipFile: inline };
  const image = entry(properties, 'ImageUri');
  if (image !== undefined) return { ImageUri: image };
  const uri = entry(properties, 'CodeUri');
  if (uri !== undefined && isMap(uri) && entry(uri, 'Bucket') !== undefined) {
    return { S3Bucket: uri.Bucket!, S3Key: uri.Key ?? '' };
  }
  if (typeof uri === 'string') {
    const remote = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri);
    return remote ? { S3Bucket: remote[1]!, S3Key: remote[2]! } : uri;
  }
  // SAM CLI builds from the template's folder where no CodeUri is given.
  return uri ?? (textAt(properties, 'PackageType') === 'Image' ? { ImageUri: '' } : '.');
};

const expandAlias = (resource: Resource, expansion: Expansion): string | null => {
  const { logicalId, properties } = resource;
  const name = textAt(properties, 'AutoPublishAlias');
  if (!name) return null;
  const version = `${logicalId}Version${derivedId(10, JSON.stringify(code(properties)), JSON.stringify(entry(properties, 'Environment') ?? null))}`;
  make(expansion, resource, version, 'AWS::Lambda::Version', {
    FunctionName: ref(logicalId),
    ...(entry(properties, 'VersionDescription') === undefined ? {} : { Description: properties.VersionDescription! }),
  });
  const alias = `${logicalId}Alias${name.replace(/[^A-Za-z0-9]/g, '')}`;
  make(expansion, resource, alias, 'AWS::Lambda::Alias', {
    Name: name,
    FunctionName: ref(logicalId),
    FunctionVersion: getAtt(version, 'Version'),
    ...pick(properties, 'ProvisionedConcurrencyConfig'),
  });
  expansion.referable.set(`${logicalId}.Alias`, alias);
  expansion.referable.set(`${logicalId}.Version`, version);
  return alias;
};
