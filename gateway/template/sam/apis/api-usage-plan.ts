import { didYouMean } from '../../problems.ts';
import type { Resource } from '../../resource.ts';
import { entry, isMap, type Plain, type PlainMap } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, make, pick, ref } from '../expansion.ts';

const members = ['CreateUsagePlan', 'Description', 'Quota', 'Tags', 'Throttle', 'UsagePlanName'];

/** `Auth: UsagePlan` of a REST API: a plan with one key, for this API alone or shared by all that say so. */
export const expandUsagePlan = (resource: Resource, auth: PlainMap, stage: string, expansion: Expansion): void => {
  const plan = entry(auth, 'UsagePlan') ?? null;
  if (plan === null) return;
  const { logicalId, place } = resource;
  const refuse = (key: string | null, what: string, remedy: string): void => {
    const at = isMap(plan) ? placeOf(plan, key ?? undefined) : placeOf(auth, 'UsagePlan');
    expansion.problems.add(what, at ?? place, remedy);
  };
  if (!isMap(plan)) {
    refuse(null, `UsagePlan of ${logicalId} must be a map.`, 'Write CreateUsagePlan: PER_API under it.');
    return;
  }
  for (const key of Object.keys(plan)) {
    if (!members.includes(key))
      refuse(key, `${key} is no member of UsagePlan.`, `It has ${members.join(', ')}.${didYouMean(key, members)}`);
  }
  const wanted = entry(plan, 'CreateUsagePlan');
  if (wanted === 'NONE') return;
  if (wanted !== 'PER_API' && wanted !== 'SHARED') {
    const said = wanted === undefined ? 'has no CreateUsagePlan' : `has CreateUsagePlan: ${JSON.stringify(wanted)}`;
    refuse('CreateUsagePlan', `UsagePlan of ${logicalId} ${said}.`, 'It can be PER_API, SHARED or NONE.');
    return;
  }
  const prefix = wanted === 'SHARED' ? 'Serverless' : logicalId;
  const shared = (id: string, key: string): Plain[] | undefined => {
    const made = wanted === 'SHARED' ? expansion.resources.get(id) : undefined;
    return made ? (made.properties[key] as Plain[]) : undefined;
  };
  const apiStage = { ApiId: ref(logicalId), Stage: ref(stage) };
  const stageKey = { RestApiId: ref(logicalId), StageName: ref(stage) };
  const stages = shared(`${prefix}UsagePlan`, 'ApiStages');
  const stageKeys = shared(`${prefix}ApiKey`, 'StageKeys');
  if (stages && stageKeys) {
    stages.push(apiStage);
    stageKeys.push(stageKey);
    return;
  }
  make(expansion, resource, `${prefix}UsagePlan`, 'AWS::ApiGateway::UsagePlan', {
    ApiStages: [apiStage],
    ...pick(plan, 'UsagePlanName', 'Description', 'Quota', 'Tags', 'Throttle'),
  });
  make(expansion, resource, `${prefix}ApiKey`, 'AWS::ApiGateway::ApiKey', { Enabled: true, StageKeys: [stageKey] });
  make(expansion, resource, `${prefix}UsagePlanKey`, 'AWS::ApiGateway::UsagePlanKey', {
    KeyId: ref(`${prefix}ApiKey`),
    KeyType: 'API_KEY',
    UsagePlanId: ref(`${prefix}UsagePlan`),
  });
};
