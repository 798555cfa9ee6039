import type { Place } from './place.ts';
import type { AccessLogSettings } from './rest-api.ts';

/** An HTTP API (API Gateway v2, `ProtocolType: HTTP`). */
export type HttpApi = {
  readonly kind: 'HTTP';
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly deployments: readonly HttpDeployment[];
  readonly stages: readonly HttpStage[];
  readonly place: Place;
};

export type HttpDeployment = { readonly id: string; readonly definition: HttpDefinition };

export type HttpDefinition = {
  readonly routes: readonly HttpRoute[];
  /** By integration id. */
  readonly integrations: Readonly<Record<string, HttpIntegration>>;
  /** By authorizer id. */
  readonly authorizers: Readonly<Record<string, HttpAuthorizer>>;
  readonly cors: CorsConfiguration | null;
};

export type HttpRoute = {
  /** `GET /lots`, `ANY /x/{proxy+}` or `$default`. */
  readonly routeKey: string;
  readonly operationName: string | null;
  readonly authorizationType: 'NONE' | 'JWT' | 'CUSTOM' | 'AWS_IAM';
  readonly authorizerId: string | null;
  readonly authorizationScopes: readonly string[];
  readonly integrationId: string | null;
  readonly place: Place;
};

export type HttpIntegration = {
  readonly id: string;
  readonly type: 'AWS_PROXY' | 'HTTP_PROXY';
  /** `SQS-SendMessage` and its like; null for Lambda and HTTP. */
  readonly subtype: string | null;
  readonly method: string;
  readonly uri: string | null;
  readonly payloadFormatVersion: '1.0' | '2.0';
  readonly credentials: string | null;
  readonly connectionType: 'INTERNET' | 'VPC_LINK';
  readonly connectionId: string | null;
  readonly requestParameters: Readonly<Record<string, string>>;
  /** Status → mapping. */
  readonly responseParameters: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly timeoutInMillis: number;
  readonly serverNameToVerify: string | null;
  readonly place: Place;
};

export type HttpAuthorizer = {
  readonly id: string;
  readonly name: string;
  readonly type: 'JWT' | 'REQUEST';
  readonly identitySource: readonly string[];
  readonly jwt: { readonly issuer: string; readonly audience: readonly string[] } | null;
  readonly authorizerUri: string | null;
  readonly authorizerCredentials: string | null;
  readonly payloadFormatVersion: '1.0' | '2.0';
  readonly enableSimpleResponses: boolean;
  /** null: the service's default. */
  readonly resultTtlInSeconds: number | null;
  readonly place: Place;
};

export type CorsConfiguration = {
  readonly allowOrigins: readonly string[];
  readonly allowMethods: readonly string[];
  readonly allowHeaders: readonly string[];
  readonly exposeHeaders: readonly string[];
  readonly maxAge: number | null;
  readonly allowCredentials: boolean;
};

export type HttpStage = {
  /** `$default` is served at the root. */
  readonly name: string;
  readonly logicalId: string;
  readonly deploymentId: string;
  readonly autoDeploy: boolean;
  readonly variables: Readonly<Record<string, string>>;
  readonly defaultRouteSettings: RouteSettings | null;
  /** By route key. */
  readonly routeSettings: Readonly<Record<string, RouteSettings>>;
  readonly accessLog: AccessLogSettings | null;
  readonly place: Place;
};

export type RouteSettings = {
  readonly throttlingRateLimit: number | null;
  readonly throttlingBurstLimit: number | null;
  readonly detailedMetricsEnabled: boolean;
  readonly loggingLevel: 'OFF' | 'ERROR' | 'INFO';
  readonly dataTraceEnabled: boolean;
};
