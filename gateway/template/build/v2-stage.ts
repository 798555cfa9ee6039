import type { HttpStage } from '../../model/http-api.ts';
import type { WebSocketStage } from '../../model/websocket-api.ts';
import { readAccessLog } from './rest-stage.ts';
import { stageName } from './stage-parts.ts';
import { type Part, readRouteSettings, routeSettingsByKey } from './v2-parts.ts';

/** A stage of an HTTP or a WebSocket API: they have the same properties. */
export const readV2Stage = (
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
