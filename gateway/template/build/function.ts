import type {
  EventInvokeConfig,
  FunctionAlias,
  FunctionVersion,
  LambdaFunction,
  LoggingConfig,
} from '../../model/lambda-function.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { readBuild } from './function-build.ts';
import { createCodeReader, type FoundCode } from './function-code.ts';
import type { Source } from './source.ts';

export const buildFunctions = (source: Source): readonly LambdaFunction[] => {
  const readCode = createCodeReader(source);
  return source.ofType('AWS::Lambda::Function').map((resource) => buildFunction(source, resource, readCode));
};

const buildFunction = (
  source: Source,
  resource: Resource,
  readCode: (resource: Resource) => FoundCode,
): LambdaFunction => {
  const reader = source.read(resource);
  const name = source.ref(resource);
  const isImage =
    reader.text('PackageType') === 'Image' ||
    (isMap(entry(reader.source, 'Code') ?? null) && reader.within('Code').has('ImageUri'));
  const code = readCode(resource);
  const runtime = isImage ? '' : reader.required('Runtime');
  if (/^node/i.test(runtime) && !/^nodejs(?:\d+\.(?:x|\d+))?$/.test(runtime)) {
    const number = /\d+/.exec(runtime)?.[0] ?? '24';
    reader.refuse('Runtime', `Lambda has no runtime ${runtime}.`, `Did you mean nodejs${number}.x?`);
  }
  const build = readBuild(resource, source.problems);
  const arn = source.getAtt(resource, 'Arn');
  const qualified = qualifiers(source, name, arn);
  return {
    logicalId: resource.logicalId,
    name,
    arn,
    runtime,
    handler: isImage ? '' : reader.required('Handler'),
    code: code.code,
    build: build.build,
    memorySize: reader.number('MemorySize') ?? 128,
    timeoutSeconds: reader.number('Timeout') ?? 3,
    environment: reader.within('Environment').textMap('Variables'),
    layers: readLayers(reader, resource),
    architecture: reader.texts('Architectures')[0] === 'arm64' ? 'arm64' : 'x86_64',
    ephemeralStorageMb: reader.within('EphemeralStorage').number('Size') ?? 512,
    tracing: reader.within('TracingConfig').oneOf('Mode', ['Active', 'PassThrough']) ?? 'PassThrough',
    reservedConcurrency: reader.number('ReservedConcurrentExecutions'),
    loggingConfig: readLogging(reader, name),
    description: reader.text('Description') ?? '',
    role: reader.text('Role'),
    versions: qualified.versions,
    aliases: qualified.aliases,
    deadLetterTarget: reader.within('DeadLetterConfig').text('TargetArn'),
    eventInvoke: readEventInvoke(source, name, arn),
    unsupported: isImage ? 'it is a container image' : (code.unsupported ?? build.unsupported),
    place: resource.place,
  };
};

const mostLayers = 5;

const readLayers = (reader: Reader, { logicalId }: Resource): readonly string[] => {
  const layers = reader.texts('Layers');
  if (layers.length > mostLayers) {
    reader.refuse(
      'Layers',
      `${logicalId} has ${layers.length} layers; Lambda takes ${mostLayers} at most.`,
      'Put what several of them hold into one.',
    );
  }
  return layers;
};

const readLogging = (reader: Reader, name: string): LoggingConfig => {
  const logging = reader.within('LoggingConfig');
  return {
    format: logging.oneOf('LogFormat', ['Text', 'JSON']) ?? 'Text',
    applicationLogLevel: logging.text('ApplicationLogLevel') ?? 'INFO',
    systemLogLevel: logging.text('SystemLogLevel') ?? 'INFO',
    logGroup: logging.text('LogGroup') ?? `/aws/lambda/${name}`,
  };
};

/** Whether a `FunctionName` property means this function: a name, a partial ARN or an ARN, with or without qualifier. */
const namesFunction = (value: string | null, name: string, arn: string): boolean =>
  value !== null &&
  (value === name || value === arn || value.startsWith(`${arn}:`) || value.endsWith(`:function:${name}`));

const qualifiers = (
  source: Source,
  name: string,
  arn: string,
): { versions: readonly FunctionVersion[]; aliases: readonly FunctionAlias[] } => {
  const versions = source
    .ofType('AWS::Lambda::Version')
    .filter((resource) => namesFunction(source.read(resource).text('FunctionName'), name, arn))
    .map((resource) => {
      const provisioned = source.read(resource).within('ProvisionedConcurrencyConfig');
      const provisionedConcurrency = provisioned.number('ProvisionedConcurrentExecutions');
      return {
        version: source.getAtt(resource, 'Version'),
        logicalId: resource.logicalId,
        ...(provisionedConcurrency === null ? {} : { provisionedConcurrency }),
      };
    });
  const made = new Set(versions.map(({ version }) => version));
  const aliases = source
    .ofType('AWS::Lambda::Alias')
    .filter((resource) => namesFunction(source.read(resource).text('FunctionName'), name, arn))
    .map((resource): FunctionAlias => {
      const reader = source.read(resource);
      const version = reader.required('FunctionVersion');
      const weights = reader.within('RoutingConfig').each('AdditionalVersionWeights');
      return {
        name: reader.required('Name'),
        logicalId: resource.logicalId,
        version,
        routing: Object.fromEntries(
          weights.map((weight) => [weight.required('FunctionVersion'), weight.number('FunctionWeight') ?? 0]),
        ),
        provisionedConcurrency:
          reader.within('ProvisionedConcurrencyConfig').number('ProvisionedConcurrentExecutions') ?? 0,
        followsLatest: version === '$LATEST' || made.has(version),
      };
    });
  return { versions, aliases };
};

const readEventInvoke = (source: Source, name: string, arn: string): EventInvokeConfig | null => {
  for (const resource of source.ofType('AWS::Lambda::EventInvokeConfig')) {
    const reader = source.read(resource);
    if (!namesFunction(reader.text('FunctionName'), name, arn)) continue;
    const destinations = reader.within('DestinationConfig');
    return {
      maximumRetryAttempts: reader.number('MaximumRetryAttempts') ?? 2,
      maximumEventAgeInSeconds: reader.number('MaximumEventAgeInSeconds') ?? 21_600,
      onSuccess: destinations.within('OnSuccess').text('Destination'),
      onFailure: destinations.within('OnFailure').text('Destination'),
    };
  }
  return null;
};
