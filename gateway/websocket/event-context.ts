import { shortId } from '../ids.ts';
import type { Closure } from './closure.ts';
import type { Connection, ConnectionFacts } from './connection.ts';
import type { ApiContext, DisconnectContext, MessageContext } from './context.ts';
import type { Stage } from './stage.ts';

export const messageContext = (
  api: ApiContext,
  connection: Connection,
  stage: Stage,
  text: string,
): MessageContext => ({
  api,
  connection,
  stage,
  text,
  body: undefined,
  requestId: shortId(),
  messageId: messageId(connection.facts.connectionId),
  at: api.services.clock.now(),
  route: null,
  answer: null,
});

/** On AWS a message's id ends as its connection's id does. */
const messageId = (connectionId: string): string => shortId().slice(0, -5) + connectionId.slice(-5);

export const disconnectContext = (
  api: ApiContext,
  facts: ConnectionFacts,
  stage: Stage,
  closure: Closure,
): DisconnectContext => ({
  api,
  facts,
  stage,
  closure,
  requestId: shortId(),
  at: api.services.clock.now(),
  route: null,
  answer: null,
});
