import type { Api } from '../model/application.ts';

export type ListedRoute = {
  /** null for the routes of a WebSocket API. */
  readonly method: string | null;
  readonly path: string;
  /** Whether a browser can open it as it is. */
  readonly opens: boolean;
};

/** The routes that a stage serves. */
export const routesOf = (api: Api, stageName: string): readonly ListedRoute[] => {
  const deploymentId = api.stages.find(({ name }) => name === stageName)?.deploymentId;
  switch (api.kind) {
    case 'REST': {
      const resources = api.deployments.find(({ id }) => id === deploymentId)?.definition.resources ?? [];
      return resources.flatMap(({ path, methods }) => methods.map(({ httpMethod }) => listed(httpMethod, path)));
    }
    case 'HTTP': {
      const routes = api.deployments.find(({ id }) => id === deploymentId)?.definition.routes ?? [];
      return routes.map(({ routeKey }) => {
        const [method, path] = routeKey.split(' ') as [string, string | undefined];
        return path === undefined ? { method: null, path: method, opens: false } : listed(method, path);
      });
    }
    case 'WEBSOCKET': {
      const routes = api.deployments.find(({ id }) => id === deploymentId)?.definition.routes ?? [];
      return routes.map(({ routeKey }) => ({ method: null, path: routeKey, opens: false }));
    }
  }
};

const listed = (method: string, path: string): ListedRoute => ({
  method,
  path,
  opens: (method === 'GET' || method === 'ANY') && !path.includes('{'),
});
