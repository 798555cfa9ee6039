import type { RouteSettings } from './http-api.ts';
import type { Place } from './place.ts';
import type { AccessLogSettings, RestModel } from './rest-api.ts';

/** A WebSocket API (API Gateway v2, `ProtocolType: WEBSOCKET`). */
export type WebSocketApi = {
  readonly kind: 'WEBSOCKET';
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly deployments: readonly WebSocketDeployment[];
  readonly stages: readonly WebSocketStage[];
  readonly place: Place;
};

export type WebSocketDeployment = { readonly id: string; readonly definition: WebSocketDefinition };

export type WebSocketDefinition = {
  readonly routeSelectionExpression: string;
  readonly apiKeySelectionExpression: string;
  readonly routes: readonly WebSocketRoute[];
  readonly integrations: Readonly<Record<string, WebSocketIntegration>>;
  readonly authorizers: Readonly<Record<string, WebSocketAuthorizer>>;
  /** By model name. */
  readonly models: Readonly<Record<string, RestModel>>;
};

export type WebSocketRoute = {
  readonly routeKey: string;
  readonly operationName: string | null;
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'CUSTOM';
  readonly authorizerId: string | null;
  readonly apiKeyRequired: boolean;
  readonly integrationId: string | null;
  readonly modelSelectionExpression: string | null;
  readonly requestModels: Readonly<Record<string, string>>;
  /** `route.request.querystring.x` → required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  readonly routeResponseSelectionExpression: string | null;
  /** Whether a `$default` route response stands beside the expression: both make a route two-way. */
  readonly hasRouteResponse: boolean;
  readonly place: Place;
};

export type WebSocketIntegration = {
  readonly id: string;
  readonly type: 'AWS' | 'AWS_PROXY' | 'HTTP' | 'HTTP_PROXY' | 'MOCK';
  readonly method: string;
  readonly uri: string | null;
  readonly credentials: string | null;
  readonly connectionType: 'INTERNET' | 'VPC_LINK';
  readonly connectionId: string | null;
  readonly templateSelectionExpression: string | null;
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly contentHandlingStrategy: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT' | null;
  readonly timeoutInMillis: number;
  readonly responses: readonly WebSocketIntegrationResponse[];
  readonly place: Place;
};

export type WebSocketIntegrationResponse = {
  /** `$default` or `/regex/`. */
  readonly integrationResponseKey: string;
  readonly templateSelectionExpression: string | null;
  readonly responseTemplates: Readonly<Record<string, string>>;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly contentHandlingStrategy: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT' | null;
};

export type WebSocketAuthorizer = {
  readonly id: string;
  readonly name: string;
  readonly authorizerUri: string;
  readonly authorizerCredentials: string | null;
  readonly identitySource: readonly string[];
  readonly place: Place;
};

export type WebSocketStage = {
  readonly name: string;
  readonly logicalId: string;
  readonly deploymentId: string;
  readonly autoDeploy: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly defaultRouteSettings: RouteSettings | null;
  readonly routeSettings: Readonly<Record<string, RouteSettings>>;
  readonly accessLog: AccessLogSettings | null;
  readonly place: Place;
};
