import { resolveLambdaTarget } from '../integrations/lambda-target.ts';
import type { FunctionReference } from '../lambda/invocation.ts';
import { formatPlace } from '../model/place.ts';
import type {
  WebSocketApi,
  WebSocketDefinition,
  WebSocketIntegration,
  WebSocketRoute,
  WebSocketStage,
} from '../model/websocket-api.ts';
import type { Services } from '../services.ts';
import { compileMock, type MockIntegration } from './mock.ts';
import { compileSelectionExpression, type SelectionExpression } from './selection-expression.ts';
import { unhonoured } from './unhonoured.ts';

/** A stage made ready to serve: its deployment with stage variables filled in and expressions compiled. */
export type Stage = {
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly selection: SelectionExpression;
  readonly routes: ReadonlyMap<string, Route>;
};

export type Route = {
  readonly routeKey: string;
  readonly definition: WebSocketRoute;
  /** null: the template gives none. */
  readonly integration: Integration | null;
  /** Whether the integration's output goes back to the client. */
  readonly twoWay: boolean;
  /** Who calls, for the function's permissions. */
  readonly sourceArn: string;
};

export type Integration =
  | { readonly kind: 'lambda'; readonly function: FunctionReference; readonly timeoutInMillis: number }
  | MockIntegration
  /** AWS would run it; this gateway cannot. */
  | { readonly kind: 'unsupported'; readonly reason: string }
  /** AWS would find it broken. */
  | { readonly kind: 'invalid'; readonly reason: string };

/** Tells a text once. The reason is told apart so that the same one is not told again when it comes true. */
type Warn = (text: string, reason?: string) => void;

/** Compiles every stage of an API; what will be refused when it is used is told now. */
export const compileStages = (
  api: WebSocketApi,
  account: Services['account'],
  warn: Warn,
): ReadonlyMap<string, Stage> => {
  const stages = new Map<string, Stage>();
  for (const stage of api.stages) {
    const deployment = api.deployments.find(({ id }) => id === stage.deploymentId);
    // Without its deployment nobody knows who may connect, so the stage does not exist.
    if (!deployment) warn(`${formatPlace(stage.place)}: stage ${stage.name} has no deployment and is not served`);
    else stages.set(stage.name, compileStage(api, stage, deployment.definition, account, warn));
  }
  return stages;
};

const compileStage = (
  api: WebSocketApi,
  stage: WebSocketStage,
  definition: WebSocketDefinition,
  account: Services['account'],
  warn: Warn,
): Stage => {
  const selection = compileSelectionExpression(definition.routeSelectionExpression);
  for (const variable of selection.unsupported) {
    warn(
      `${formatPlace(api.place)}: the route selection expression's ${variable} cannot be evaluated and selects nothing`,
    );
  }
  for (const text of unhonoured(definition)) warn(text);
  const arn = `arn:${account.partition}:execute-api:${account.region}:${account.id}:${api.id}/${stage.name}`;
  const routes = new Map<string, Route>();
  for (const route of definition.routes) {
    const integration = integrationOf(route, definition, stage, account);
    const refusal = refusalOf(route, integration);
    if (refusal) warn(`${formatPlace(route.place)}: route ${route.routeKey} is refused: ${refusal}`, refusal);
    routes.set(route.routeKey, {
      routeKey: route.routeKey,
      definition: route,
      integration,
      twoWay: route.routeResponseSelectionExpression === '$default' && route.hasRouteResponse,
      sourceArn: `${arn}/${route.routeKey}`,
    });
  }
  return { name: stage.name, variables: stage.variables, selection, routes };
};

const integrationOf = (
  { integrationId }: WebSocketRoute,
  definition: WebSocketDefinition,
  stage: WebSocketStage,
  account: Services['account'],
): Integration | null => {
  if (integrationId === null) return null;
  const found = definition.integrations[integrationId];
  return found
    ? compileIntegration(found, stage, account)
    : { kind: 'invalid', reason: `there is no integration ${integrationId}` };
};

const compileIntegration = (
  integration: WebSocketIntegration,
  stage: WebSocketStage,
  account: Services['account'],
): Integration => {
  switch (integration.type) {
    case 'AWS_PROXY': {
      const target = resolveLambdaTarget(integration.uri ?? '', stage.variables, account);
      return target.kind === 'function'
        ? { ...target, kind: 'lambda', timeoutInMillis: integration.timeoutInMillis }
        : target;
    }
    case 'MOCK':
      return compileMock(integration);
    default:
      return {
        kind: 'unsupported',
        reason: `${integration.type} integrations of WebSocket APIs do not run on this gateway yet`,
      };
  }
};

/** Why a route will be refused whenever it is used; null where it will not. */
const refusalOf = (route: WebSocketRoute, integration: Integration | null): string | null => {
  if (integration?.kind === 'unsupported' || integration?.kind === 'invalid') return integration.reason;
  if (route.modelSelectionExpression !== null) return notHonoured.models;
  if (route.routeKey === '$disconnect') return null;
  if (route.routeKey !== '$connect') return integration ? null : 'it has no integration';
  if (route.authorizationType === 'CUSTOM') return notHonoured.lambdaAuthorizers;
  return route.apiKeyRequired ? notHonoured.apiKeys : null;
};

export const notHonoured = {
  models: 'this gateway does not validate messages against models yet',
  lambdaAuthorizers: 'this gateway does not run Lambda authorizers of WebSocket APIs yet',
  apiKeys: 'this gateway does not check API keys of WebSocket APIs yet',
} as const;
