import { createHash } from 'node:crypto';
import type { DeployedFunction } from '../../lambda/deployed-function.ts';
import { latest } from '../../lambda/qualifiers.ts';
import type { FunctionAlias } from '../../model/lambda-function.ts';

/** What Lambda tells of a version; `qualifier` is as asked for, which may be an alias. */
export const functionConfiguration = (
  deployed: DeployedFunction,
  version: string,
  qualifier: string | null,
  startedAt: number,
): Readonly<Record<string, unknown>> => {
  const held = deployed.pins.versions[version];
  const content = held?.content ?? deployed.contentOf(version);
  const fn = content?.fn ?? deployed.fn;
  return {
    FunctionName: fn.name,
    FunctionArn: qualifier === null ? fn.arn : `${fn.arn}:${qualifier}`,
    Runtime: fn.runtime,
    ...(fn.role === null ? {} : { Role: fn.role }),
    Handler: fn.handler,
    Description: version === latest ? fn.description : (held?.description ?? ''),
    Timeout: fn.timeoutSeconds,
    MemorySize: fn.memorySize,
    LastModified: new Date(held?.at ?? startedAt).toISOString().replace('Z', '+0000'),
    CodeSha256: sha256(content?.identity ?? fn.name).toString('base64'),
    Version: version,
    Environment: { Variables: fn.environment },
    TracingConfig: { Mode: fn.tracing },
    RevisionId: revisionId(fn.arn, version, content?.identity ?? ''),
    Layers: fn.layers.map((Arn) => ({ Arn })),
    ...(fn.deadLetterTarget === null ? {} : { DeadLetterConfig: { TargetArn: fn.deadLetterTarget } }),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: [fn.architecture],
    EphemeralStorage: { Size: fn.ephemeralStorageMb },
    SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
    LoggingConfig: {
      LogFormat: fn.loggingConfig.format,
      ...(fn.loggingConfig.format === 'JSON'
        ? {
            ApplicationLogLevel: fn.loggingConfig.applicationLogLevel,
            SystemLogLevel: fn.loggingConfig.systemLogLevel,
          }
        : {}),
      LogGroup: fn.loggingConfig.logGroup || `/aws/lambda/${fn.name}`,
    },
  };
};

export type AliasConfiguration = {
  readonly AliasArn: string;
  readonly Name: string;
  readonly FunctionVersion: string;
  readonly Description: string;
  readonly RoutingConfig?: { readonly AdditionalVersionWeights: Readonly<Record<string, number>> };
  readonly RevisionId: string;
};

export const aliasConfiguration = (deployed: DeployedFunction, alias: FunctionAlias): AliasConfiguration => {
  const { name, version, routing } = alias;
  const description = deployed.pins.aliases[name]?.description ?? '';
  return {
    AliasArn: `${deployed.fn.arn}:${name}`,
    Name: name,
    FunctionVersion: version,
    Description: description,
    ...(Object.keys(routing).length === 0 ? {} : { RoutingConfig: { AdditionalVersionWeights: routing } }),
    RevisionId: revisionId(deployed.fn.arn, name, JSON.stringify([version, routing, description])),
  };
};

/** Changes with what it stands for, and stays the same over restarts. */
const revisionId = (...parts: readonly string[]): string =>
  sha256(parts.join('\0'))
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
