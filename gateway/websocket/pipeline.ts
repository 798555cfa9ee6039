import type { Phase } from '../phase.ts';
import type { ConnectContext, DisconnectContext, MessageContext } from './context.ts';
import { apiKey, authorization } from './phases/connect-access.ts';
import { connectResponse } from './phases/connect-response.ts';
import { connectRoute, connectStage } from './phases/connect-route.ts';
import { disconnectRoute } from './phases/disconnect-route.ts';
import { handshakeRequest } from './phases/handshake-request.ts';
import { handshakeUrl } from './phases/handshake-url.ts';
import { connectIntegration, disconnectIntegration, messageIntegration } from './phases/integration.ts';
import { requestValidation } from './phases/request-validation.ts';
import { routeRequestParameters } from './phases/route-request-parameters.ts';
import { routeResponse } from './phases/route-response.ts';
import { selectRoute } from './phases/select-route.ts';
import { throttling } from './phases/throttling.ts';

/** From the upgrade request to the 101, or to the status that refuses it. */
export const connectPhases: readonly Phase<ConnectContext>[] = [
  handshakeUrl,
  connectStage,
  handshakeRequest,
  connectRoute,
  apiKey,
  throttling,
  authorization,
  routeRequestParameters,
  connectIntegration,
  connectResponse,
];

/** From a text message to the frame that answers it, if any does. */
export const messagePhases: readonly Phase<MessageContext>[] = [
  selectRoute,
  throttling,
  requestValidation,
  messageIntegration,
  routeResponse,
];

/** After the connection has ended; nobody waits for the outcome. */
export const disconnectPhases: readonly Phase<DisconnectContext>[] = [disconnectRoute, disconnectIntegration];
