import type { Bucket } from './bucket.ts';
import type { EventBus, EventRule } from './event-rule.ts';
import type { HttpApi } from './http-api.ts';
import type { EventSourceMapping, IamRole, LambdaFunction, LambdaPermission, LayerVersion } from './lambda-function.ts';
import type { Queue } from './queue.ts';
import type { RestApi } from './rest-api.ts';
import type { Schedule } from './schedule.ts';
import type { StateMachine } from './state-machine.ts';
import type { Table } from './table.ts';
import type { Topic, TopicSubscription } from './topic.ts';
import type { UserPool } from './user-pool.ts';
import type { WebSocketApi } from './websocket-api.ts';

/** The whole application as a template describes it: plain data, in the order of the template. */
export type Application = {
  readonly templateFile: string;
  readonly stackName: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** APIs in the order of the template, implicit ones last: ports are given in this order. */
  readonly apis: readonly Api[];
  readonly functions: readonly LambdaFunction[];
  readonly layers: readonly LayerVersion[];
  readonly permissions: readonly LambdaPermission[];
  readonly eventSourceMappings: readonly EventSourceMapping[];
  readonly roles: readonly IamRole[];
  readonly tables: readonly Table[];
  readonly stateMachines: readonly StateMachine[];
  readonly queues: readonly Queue[];
  readonly topics: readonly Topic[];
  readonly topicSubscriptions: readonly TopicSubscription[];
  readonly buckets: readonly Bucket[];
  readonly eventBuses: readonly EventBus[];
  readonly eventRules: readonly EventRule[];
  readonly schedules: readonly Schedule[];
  readonly userPools: readonly UserPool[];
  readonly outputs: Readonly<Record<string, string>>;
  /** The template's own top-level `Metadata`, resolved no further than it stands. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Files that the application was read from: a change to one of them asks for a reload. */
  readonly sourceFiles: readonly string[];
};

export type Api = RestApi | HttpApi | WebSocketApi;
