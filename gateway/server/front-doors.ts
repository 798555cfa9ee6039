import { createHttpPlane } from '../http/http-plane.ts';
import type { Api } from '../model/application.ts';
import { GavelError } from '../problem.ts';
import type { RunningApi } from '../readiness.ts';
import { createRestPlane } from '../rest/rest-plane.ts';
import type { Services } from '../services.ts';
import { createWebSocketPlane, type WebSocketPlane } from '../websocket/websocket-plane.ts';
import { type ApiServer, serveApi } from './api-server.ts';
import { type FetchInit, fetchInProcess } from './fetch-in-process.ts';
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
  const open = async (api: Api): Promise<void> => {
    const plane = planeOf(api, services);
    const server = await serveApi(plane, nextPort, `${api.logicalId} (${api.kind})`, services.clock);
    if (nextPort !== 0) nextPort = server.port + 1;
    doors.set(api.logicalId, { api, plane, server });
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
      const kept = new Set(next.map((api) => api.logicalId));
      for (const [logicalId, door] of doors) {
        if (!kept.has(logicalId)) {
          doors.delete(logicalId);
          await closeDoor(door);
        }
      }
      for (const api of next) {
        const door = doors.get(api.logicalId);
        if (door?.api.kind === api.kind) swap(door, api, services);
        else {
          if (door) await closeDoor(door);
          await open(api);
        }
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
const swap = (door: Door, api: Api, services: Services): void => {
  door.api = api;
  if (api.kind === 'WEBSOCKET' && 'replace' in door.plane) {
    door.plane.replace(api);
    return;
  }
  door.plane = planeOf(api, services);
  door.server.swap(door.plane);
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
