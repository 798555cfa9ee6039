import type { IncomingMessage } from 'node:http';
import type { ApiHosts } from '../mapping/api-host.ts';
import type { QueryParameters } from '../mapping/query-string.ts';
import type { RequestHeaders } from '../mapping/request-headers.ts';
import type { ApiRequest } from '../server/messages.ts';
import type { Services } from '../services.ts';
import type { Closure } from './closure.ts';
import type { Connection, ConnectionFacts, ConnectionIdentity } from './connection.ts';
import type { IntegrationAnswer } from './integration-answer.ts';
import type { Route, Stage } from './stage.ts';

/** An API as it stands while an event is handled; a reload makes a new one for the events after it. */
export type ApiContext = {
  readonly id: string;
  readonly logicalId: string;
  readonly services: Services;
  readonly hosts: ApiHosts;
  /** DisableExecuteApiEndpoint: only a custom domain leads here. */
  readonly defaultEndpointDisabled: boolean;
  /** By name. */
  readonly stages: ReadonlyMap<string, Stage>;
  /** Tells the terminal of something that a person must mend, each reason once. */
  warnOnce(reason: string, where: string): void;
};

export type EventContext = {
  readonly api: ApiContext;
  /** Serves as the extended request id too. */
  readonly requestId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  route: Route | null;
  answer: IntegrationAnswer | null;
};

/** A handshake on its way to the 101. */
export type ConnectContext = EventContext & {
  readonly request: ApiRequest;
  readonly incoming: IncomingMessage;
  readonly connectionId: string;
  readonly headers: RequestHeaders;
  readonly query: QueryParameters;
  readonly traceId: { readonly header: string; readonly propagated: string };
  readonly host: { readonly header: string; readonly domainName: string };
  stage: Stage | null;
  identity: ConnectionIdentity;
  /** Filled by a Lambda authorizer and remembered on the connection. */
  authorizer: ConnectionFacts['authorizer'];
  /** What the 101 will name; null for none. */
  subprotocol: string | null;
};

export type MessageContext = EventContext & {
  readonly connection: Connection;
  readonly stage: Stage;
  readonly messageId: string;
  readonly text: string;
  /** The message as JSON; undefined where it is none. */
  body: unknown;
};

export type DisconnectContext = EventContext & {
  readonly facts: ConnectionFacts;
  readonly stage: Stage;
  readonly closure: Closure;
};
