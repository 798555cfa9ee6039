import { createHttpPlane } from '../http/http-plane.ts';
import type { Api } from '../model/application.ts';
import { GavelError } from '../problem.ts';
import type { RunningApi } from '../readiness.ts';
import { createRestPlane } from '../rest/rest-plane.ts';
import type { Services } from '../services.ts';
import { createWebSocketPlane, type WebSocketPlane } from '../websocket/websocket-plane.ts';
import { type ApiServer, serveApi } from './api-server.ts';
import { type FetchInit, fetchInProcess } from './fetch-in-process.ts';
import { PortTaken } from './listen.ts';
import type { DataPlane } from './messages.ts';

type Door = { api: Api; plane: DataPlane | WebSocketPlane; readonly server: ApiServer };

export type FrontDoors = {
  running(): readonly RunningApi[];
  /** API id → the port that serves it. */
  addresses(): readonly { readonly apiId: string; readonly port: number }[];
  fetch(api: string, path: string, init?: FetchInit): Promise<Response>;
  /** Gives every API its new data plane; ports stay, a new API takes the next free one. */
  replace(apis: readonly Api[]): Promise<void>;
  close(): Promise<void>;
};

/** One port per API, as AWS has one host per API: base + 1, base + 2, … in the order of the template. */
export const openFrontDoors = async (
  apis: readonly Api[],
  services: Services,
  basePort: number,
): Promise<FrontDoors> => {
  const doors = new Map<string, Door>();
  let nextPort = basePort === 0 ? 0 : basePort + 1;
  const open = async (api: Api, plane = planeOf(api, services)): Promise<void> => {
    const server = await serveApi(plane, nextPort, `${api.logicalId} (${api.kind})`, services.clock);
    if (nextPort !== 0) nextPort = server.port + 1;
    doors.set(api.logicalId, { api, plane, server });
  };
  /** Whoever reads the template's order off the ports does so at a start; later the next free port will do. */
  const openLater = async (api: Api, plane: DataPlane | WebSocketPlane): Promise<void> => {
    for (;;) {
      try {
        return await open(api, plane);
      } catch (error) {
        if (!(error instanceof PortTaken)) throw error;
        nextPort++;
      }
    }
  };
  const close = async (): Promise<void> => {
    await Promise.all([...doors.values()].map(closeDoor));
    doors.clear();
  };

  try {
    for (const api of apis) await open(api);
  } catch (error) {
    await close();
    throw error;
  }

  return {
    running: () => [...doors.values()].map(describe),
    addresses: () => [...doors.values()].map((door) => ({ apiId: door.api.id, port: door.server.port })),
    fetch: (name, path, init) => {
      const door = doors.get(name);
      if (!door) throw unknownApi(name, [...doors.keys()]);
      const { region } = services.account;
      return fetchInProcess(door.plane, `${door.api.id}.execute-api.${region}.amazonaws.com`, path, init);
    },
    async replace(next) {
      // Planes are made before anything changes: one that cannot be made leaves all as it was.
      const planes = new Map(
        next.map((api) => [api, keepsPlane(doors.get(api.logicalId), api) ? null : planeOf(api, services)]),
      );
      const leaving = new Set(doors.values());
      for (const [api, plane] of planes) {
        const door = doors.get(api.logicalId);
        if (door?.api.kind !== api.kind) await openLater(api, plane!);
        else {
          leaving.delete(door);
          swap(door, api, plane);
        }
      }
      for (const door of leaving) {
        if (doors.get(door.api.logicalId) === door) doors.delete(door.api.logicalId);
        await closeDoor(door);
      }
    },
    close,
  };
};

const planeOf = (api: Api, services: Services): DataPlane | WebSocketPlane => {
  switch (api.kind) {
    case 'REST':
      return createRestPlane(api, services);
    case 'HTTP':
      return createHttpPlane(api, services);
    case 'WEBSOCKET':
      return createWebSocketPlane(api, services);
  }
};

/** A WebSocket plane holds open connections, so it takes the new definition itself; the others are made anew. */
const keepsPlane = (door: Door | undefined, api: Api): boolean =>
  api.kind === 'WEBSOCKET' && door?.api.kind === api.kind;

const swap = (door: Door, api: Api, plane: DataPlane | WebSocketPlane | null): void => {
  door.api = api;
  if (plane) {
    door.plane = plane;
    door.server.swap(plane);
  } else if (api.kind === 'WEBSOCKET' && 'replace' in door.plane) door.plane.replace(api);
};

const closeDoor = async (door: Door): Promise<void> => {
  if ('close' in door.plane) await door.plane.close();
  await door.server.close();
};

const describe = (door: Door): RunningApi => {
  const scheme = door.api.kind === 'WEBSOCKET' ? 'ws' : 'http';
  const origin = `${scheme}://127.0.0.1:${door.server.port}`;
  const stages = door.api.stages.map(({ name }) => [name, name === '$default' ? origin : `${origin}/${name}`] as const);
  return { logicalId: door.api.logicalId, type: door.api.kind, id: door.api.id, stages: Object.fromEntries(stages) };
};

const unknownApi = (name: string, known: readonly string[]): GavelError =>
  new GavelError({
    what: `The template has no API with the logical id ${name}`,
    place: null,
    remedy: known.length > 0 ? `It has ${known.join(', ')}.` : 'It has no API at all.',
  });
