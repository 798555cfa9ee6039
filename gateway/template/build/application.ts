import type { Api, Application } from '../../model/application.ts';
import { buildBuckets } from './bucket.ts';
import { type Definitions, isWebSocket } from './definitions.ts';
import { buildEventBuses } from './event-bus.ts';
import { buildEventRules } from './event-rule.ts';
import { buildEventSourceMappings } from './event-source-mapping.ts';
import { buildFunctions } from './function.ts';
import { buildHttpApi } from './http-api.ts';
import { buildLayers } from './layer-version.ts';
import { buildPermissions } from './permission.ts';
import { buildQueues } from './queue.ts';
import { buildRestApi } from './rest-api.ts';
import { buildRoles } from './role.ts';
import { buildSchedules } from './schedule.ts';
import type { Source } from './source.ts';
import { buildStateMachines } from './state-machine.ts';
import { buildTables } from './table.ts';
import { buildTopicSubscriptions, buildTopics } from './topic.ts';
import { buildUserPools } from './user-pool.ts';
import { buildWebSocketApi } from './websocket-api.ts';

/** The model, from CloudFormation resources alone. */
export const buildApplication = (
  source: Source,
  definitions: Definitions,
  outputs: Readonly<Record<string, string>>,
  metadata: Application['metadata'],
  sourceFiles: readonly string[],
): Application => {
  const stateMachines = buildStateMachines(source);
  return {
    templateFile: source.templateFile,
    stackName: source.target.stackName,
    region: source.target.region,
    accountId: source.target.accountId,
    partition: source.target.partition,
    apis: source.resources.flatMap((resource): Api[] => {
      if (resource.type === 'AWS::ApiGateway::RestApi')
        return [buildRestApi(source, resource, definitions.rest(resource))];
      if (resource.type !== 'AWS::ApiGatewayV2::Api') return [];
      return isWebSocket(source, resource)
        ? [buildWebSocketApi(source, resource, definitions.webSocket(resource))]
        : [buildHttpApi(source, resource, definitions.http(resource))];
    }),
    functions: buildFunctions(source),
    layers: buildLayers(source),
    permissions: buildPermissions(source),
    eventSourceMappings: buildEventSourceMappings(source),
    roles: buildRoles(source),
    tables: buildTables(source),
    queues: buildQueues(source),
    topics: buildTopics(source),
    topicSubscriptions: buildTopicSubscriptions(source),
    buckets: buildBuckets(source),
    eventBuses: buildEventBuses(source),
    eventRules: buildEventRules(source),
    schedules: buildSchedules(source),
    userPools: buildUserPools(source),
    outputs,
    metadata,
    stateMachines,
    sourceFiles: withDefinitions(sourceFiles, stateMachines),
  };
};

const withDefinitions = (
  sourceFiles: readonly string[],
  stateMachines: Application['stateMachines'],
): readonly string[] => [
  ...new Set([...sourceFiles, ...stateMachines.flatMap(({ definitionFile }) => definitionFile ?? [])]),
];
