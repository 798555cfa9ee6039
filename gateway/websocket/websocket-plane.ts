import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiHosts } from '../mapping/api-host.ts';
import type { WebSocketApi } from '../model/websocket-api.ts';
import type { ApiRequest, DataPlane } from '../server/messages.ts';
import type { Services } from '../services.ts';
import { type Closure, closures } from './closure.ts';
import { Connection, type ConnectionFacts, type ConnectionListener } from './connection.ts';
import { answerConnectionsRequest } from './connections-api.ts';
import type { ApiContext } from './context.ts';
import { disconnectContext, messageContext } from './event-context.ts';
import { farewell } from './farewell.ts';
import { errorFrame, GatewayError } from './gateway-error.ts';
import { acceptHandshake, connectContext, connectionFacts, handshakeStatus, refuseHandshake } from './handshake.ts';
import { runObserved } from './observed.ts';
import { connectPhases, disconnectPhases, messagePhases } from './pipeline.ts';
import { compileStages } from './stage.ts';

/** An open connection, as the console shows it. */
export type OpenConnection = {
  readonly connectionId: string;
  readonly stage: string;
  readonly connectedAt: number;
  readonly lastActiveAt: number;
  readonly sourceIp: string;
};

export type WebSocketPlane = DataPlane & {
  /** A handshake from the server: the request (without a body), the raw socket and the bytes after the head. */
  upgrade(request: ApiRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * A reload: connections stay open and their next message takes the new routes; only those whose stage is gone are
   * closed. (Which deployment an old connection uses on AWS is not documented.)
   */
  replace(api: WebSocketApi): void;
  connections(): readonly OpenConnection[];
  /** Ends every connection with 1012 and gives `$disconnect` a second for all of them. Functions must still run. */
  close(): Promise<void>;
};

export const createWebSocketPlane = (initial: WebSocketApi, services: Services): WebSocketPlane => {
  let api = apiContext(initial, services);
  const connections = new Map<string, Connection>();
  const disconnecting = new Set<Promise<void>>();
  /** Filled once the plane closes. */
  let farewells: (() => Promise<void>)[] | null = null;

  const disconnect = async (facts: ConnectionFacts, closure: Closure, of: ApiContext): Promise<void> => {
    const stage = of.stages.get(facts.stageName);
    if (!stage) return;
    await runObserved(
      disconnectPhases,
      disconnectContext(of, facts, stage, closure),
      () => ({ event: 'DISCONNECT', stage: stage.name, connectionId: facts.connectionId }),
      ({ answer }) => answer?.status ?? 200,
    );
  };
  const ended = (facts: ConnectionFacts, closure: Closure): void => {
    const of = api;
    if (farewells) {
      farewells.push(() => disconnect(facts, closure, of));
      return;
    }
    const pending = disconnect(facts, closure, of).finally(() => disconnecting.delete(pending));
    disconnecting.add(pending);
  };

  const listener: ConnectionListener = {
    async message(connection, text) {
      const { connectionId, stageName } = connection.facts;
      const stage = api.stages.get(stageName);
      if (!stage) return;
      const context = messageContext(api, connection, stage, text);
      const { error } = await runObserved(
        messagePhases,
        context,
        () => ({ event: 'MESSAGE', stage: stageName, connectionId }),
        ({ answer }) => answer!.status,
      );
      if (error) connection.send(errorFrame(error.message, connectionId, context.requestId));
    },
    ended({ facts }, closure) {
      connections.delete(facts.connectionId);
      ended(facts, closure);
    },
  };

  const shakeHands = async (request: ApiRequest, incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const context = connectContext(api, request, incoming);
    const { connectionId, requestId } = context;
    const { status, error } = await runObserved(
      connectPhases,
      context,
      ({ stage }) => ({ event: 'CONNECT', stage: stage?.name ?? '', connectionId }),
      handshakeStatus,
    );
    if (status !== 101) {
      refuseHandshake(socket, status, requestId, error);
      return;
    }
    if (farewells) {
      refuseHandshake(socket, 503, requestId, new GatewayError('SERVICE_STOPPING', 'the gateway stops'));
      return;
    }
    const facts = connectionFacts(context);
    let opened = false;
    acceptHandshake(context, socket, head, (webSocket) => {
      opened = true;
      connections.set(connectionId, new Connection(facts, webSocket, socket, services.clock, listener));
    });
    // The client has gone while `$connect` ran: the application took it in, so it is told of the end.
    if (!opened) ended(facts, closures.dropped);
  };

  return {
    handle: async (request) => answerConnectionsRequest(api, connections, request),
    upgrade(request, incoming, socket, head) {
      // Until `ws` takes the socket over, a client that resets it must not end the process.
      socket.on('error', () => socket.destroy());
      void shakeHands(request, incoming, socket, head);
    },
    replace(next) {
      const replacement = apiContext(next, services);
      for (const connection of connections.values()) {
        if (!replacement.stages.has(connection.facts.stageName)) connection.end(closures.goingAway);
      }
      api = replacement;
    },
    connections: () => [...connections.values()].map(describe),
    async close() {
      if (farewells) return;
      farewells = [];
      const open = [...connections.values()];
      for (const connection of open) connection.end(closures.stopping);
      await farewell(open, [...disconnecting], farewells);
    },
  };
};

/** A gateway that runs for days must not remember every reason that ever was. */
const maxWarnings = 200;

const apiContext = (api: WebSocketApi, services: Services): ApiContext => {
  const told = new Set<string>();
  const warn = (text: string, reason = text): void => {
    // Every stage of the API finds the same.
    if (told.has(text)) return;
    told.add(text).add(reason);
    services.observer.emit({ kind: 'notice', at: services.clock.now(), level: 'warning', text });
  };
  return {
    id: api.id,
    logicalId: api.logicalId,
    services,
    hosts: apiHosts(api.id, services.account),
    defaultEndpointDisabled: api.disableExecuteApiEndpoint,
    stages: compileStages(api, services.account, warn),
    warnOnce(reason, where) {
      if (!told.has(reason) && told.size < maxWarnings) warn(`${where}: ${reason}`, reason);
    },
  };
};

const describe = ({ facts, lastActiveAt }: Connection): OpenConnection => ({
  connectionId: facts.connectionId,
  stage: facts.stageName,
  connectedAt: facts.connectedAt,
  lastActiveAt,
  sourceIp: facts.identity.sourceIp,
});
