import type { HttpStage } from '../../model/http-api.ts';
import type { WebSocketStage } from '../../model/websocket-api.ts';
import { readAccessLog } from './rest-stage.ts';
import type { Source } from './source.ts';
import { stageName } from './stage-parts.ts';
import { type Part, partsOf, readRouteSettings, routeSettingsByKey, type V2Deployments } from './v2-parts.ts';

/** The stages of an HTTP or a WebSocket API, but for those that nothing is deployed to. */
export const readV2Stages = (
  source: Source,
  apiId: string,
  kind: 'HTTP' | 'WEBSOCKET',
  deployments: V2Deployments,
): readonly (HttpStage & WebSocketStage)[] =>
  partsOf(source, 'Stage', apiId).flatMap((part) => {
    const deploymentId = deployments.ofStage(part);
    return deploymentId === null ? [] : [readV2Stage(part, kind, deploymentId)];
  });

/** Both kinds of API have stages of the same properties. */
const readV2Stage = (
  { resource, reader }: Part,
  kind: 'HTTP' | 'WEBSOCKET',
  deploymentId: string,
): HttpStage & WebSocketStage => ({
  name: stageName(reader, kind),
  logicalId: resource.logicalId,
  deploymentId,
  autoDeploy: reader.flag('AutoDeploy'),
  variables: reader.textMap('StageVariables'),
  defaultRouteSettings: reader.has('DefaultRouteSettings')
    ? readRouteSettings(reader.within('DefaultRouteSettings'))
    : null,
  routeSettings: routeSettingsByKey(reader),
  accessLog: readAccessLog(reader, 'AccessLogSettings'),
  place: resource.place,
});
