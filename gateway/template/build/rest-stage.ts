import type { AccessLogSettings, CanarySettings, RestMethodSettings, RestStage } from '../../model/rest-api.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import type { Source } from './source.ts';
import { stageName, stageVariables } from './stage-parts.ts';

/** The stages of an API: `AWS::ApiGateway::Stage`, and those that a deployment makes by its `StageName`. */
export const buildRestStages = (
  source: Source,
  apiId: string,
  deploymentIds: ReadonlySet<string>,
): readonly RestStage[] => {
  const stages: RestStage[] = [];
  const add = (stage: RestStage): void => {
    if (stages.some(({ name }) => name === stage.name)) {
      source.problems.add(
        `The stage ${stage.name} stands twice.`,
        stage.place,
        'Give one of the two another StageName.',
      );
    } else stages.push(stage);
  };
  for (const resource of source.ofType('AWS::ApiGateway::Stage')) {
    const reader = source.read(resource);
    if (reader.text('RestApiId') !== apiId) continue;
    const deploymentId = reader.required('DeploymentId');
    refuseUnknownDeployment(reader, resource, deploymentIds);
    add({ ...readStage(resource, reader, deploymentId, deploymentIds), name: stageName(reader, 'REST') });
  }
  // A deployment takes over the stage that an earlier one has made.
  const ofDeployments = new Map<string, RestStage>();
  for (const resource of source.ofType('AWS::ApiGateway::Deployment')) {
    const reader = source.read(resource);
    if (reader.text('RestApiId') !== apiId || !reader.has('StageName')) continue;
    const name = stageName(reader, 'REST');
    const stage = readStage(resource, reader.within('StageDescription'), source.ref(resource), deploymentIds);
    ofDeployments.set(name, { ...stage, name });
  }
  for (const stage of ofDeployments.values()) add(stage);
  return stages;
};

const refuseUnknownDeployment = (reader: Reader, { logicalId }: Resource, deploymentIds: ReadonlySet<string>): void => {
  const id = reader.text('DeploymentId');
  if (id === null || deploymentIds.has(id)) return;
  reader.refuse(
    'DeploymentId',
    `${logicalId} points at the deployment ${id}, which this template does not make.`,
    'Point it at a deployment of the template; older snapshots are not here.',
  );
};

const readStage = (
  resource: Resource,
  reader: Reader,
  deploymentId: string,
  deploymentIds: ReadonlySet<string>,
): Omit<RestStage, 'name'> => ({
  logicalId: resource.logicalId,
  deploymentId,
  variables: stageVariables(reader),
  canary: readCanary(reader, resource, deploymentId, deploymentIds),
  methodSettings: readMethodSettings(reader),
  cacheCluster: reader.has('CacheClusterEnabled')
    ? { enabled: reader.flag('CacheClusterEnabled'), size: reader.oneOf('CacheClusterSize', cacheSizes) ?? '0.5' }
    : null,
  accessLog: readAccessLog(reader, 'AccessLogSetting'),
  tracingEnabled: reader.flag('TracingEnabled'),
  clientCertificateId: reader.text('ClientCertificateId'),
  // A web ACL is bound by AWS::WAFv2::WebACLAssociation, which does not run here.
  webAclArn: null,
  place: resource.place,
});

/** In gigabytes. */
const cacheSizes = ['0.5', '1.6', '6.1', '13.5', '28.4', '58.2', '118', '237'];

const readCanary = (
  reader: Reader,
  resource: Resource,
  deploymentId: string,
  deploymentIds: ReadonlySet<string>,
): CanarySettings | null => {
  if (!reader.has('CanarySetting')) return null;
  const canary = reader.within('CanarySetting');
  refuseUnknownDeployment(canary, resource, deploymentIds);
  const percentTraffic = canary.number('PercentTraffic') ?? 0;
  if (percentTraffic < 0 || percentTraffic > 100) {
    canary.refuse('PercentTraffic', `PercentTraffic is ${percentTraffic}.`, 'It can be 0 to 100.');
  }
  return {
    deploymentId: canary.text('DeploymentId') ?? deploymentId,
    percentTraffic,
    stageVariableOverrides: canary.textMap('StageVariableOverrides'),
    useStageCache: canary.flag('UseStageCache'),
  };
};

export const readAccessLog = (reader: Reader, key: string): AccessLogSettings | null => {
  const settings = reader.within(key);
  const destinationArn = settings.text('DestinationArn');
  return destinationArn === null ? null : { destinationArn, format: settings.text('Format') ?? '' };
};

const defaults: RestMethodSettings = {
  metricsEnabled: false,
  loggingLevel: 'OFF',
  dataTraceEnabled: false,
  throttlingBurstLimit: null,
  throttlingRateLimit: null,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: 'SUCCEED_WITH_RESPONSE_HEADER',
};

/** Keyed as AWS shows them; a method's own settings start from those of all methods. */
const readMethodSettings = (reader: Reader): Readonly<Record<string, RestMethodSettings>> => {
  const settings = reader.each('MethodSettings').map((setting) => ({ key: settingKey(setting), setting }));
  const general = settings.find(({ key }) => key === '*/*');
  const base = general ? readSetting(general.setting, defaults) : defaults;
  return Object.fromEntries(
    settings.map(({ key, setting }) => [key, key === '*/*' ? base : readSetting(setting, base)]),
  );
};

/** `/*` and `*` are `*` + `/` + `*`; `/lots` or `/~1lots` with GET is `lots/GET`. */
const settingKey = (setting: Reader): string => {
  const path = (setting.text('ResourcePath') ?? '/*').replace(/~1/g, '/').replace(/^\/+/, '');
  return `${path}/${setting.text('HttpMethod') ?? '*'}`;
};

const readSetting = (setting: Reader, base: RestMethodSettings): RestMethodSettings => {
  const ttl = setting.number('CacheTtlInSeconds') ?? 0;
  if (ttl < 0 || ttl > 3600)
    setting.refuse('CacheTtlInSeconds', `CacheTtlInSeconds is ${ttl}.`, 'It can be 0 to 3600.');
  const flag = (key: string, otherwise: boolean): boolean => (setting.has(key) ? setting.flag(key) : otherwise);
  return {
    ...base,
    metricsEnabled: flag('MetricsEnabled', base.metricsEnabled),
    loggingLevel: setting.oneOf('LoggingLevel', ['OFF', 'ERROR', 'INFO']) ?? base.loggingLevel,
    dataTraceEnabled: flag('DataTraceEnabled', base.dataTraceEnabled),
    throttlingBurstLimit: setting.number('ThrottlingBurstLimit') ?? base.throttlingBurstLimit,
    throttlingRateLimit: setting.number('ThrottlingRateLimit') ?? base.throttlingRateLimit,
    cachingEnabled: flag('CachingEnabled', base.cachingEnabled),
    cacheTtlInSeconds: setting.number('CacheTtlInSeconds') ?? base.cacheTtlInSeconds,
    cacheDataEncrypted: flag('CacheDataEncrypted', base.cacheDataEncrypted),
  };
};
