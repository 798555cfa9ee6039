import type { Place } from './place.ts';
import type { PolicyDocument } from './policy.ts';

/** A REST API (API Gateway v1). Stages point at deployments; a deployment never changes. */
export type RestApi = {
  readonly kind: 'REST';
  readonly logicalId: string;
  readonly id: string;
  readonly name: string;
  readonly endpointTypes: readonly ('EDGE' | 'REGIONAL' | 'PRIVATE')[];
  readonly disableExecuteApiEndpoint: boolean;
  readonly deployments: readonly RestDeployment[];
  readonly stages: readonly RestStage[];
  readonly place: Place;
};

/** An immutable snapshot of an API's configuration. */
export type RestDeployment = {
  readonly id: string;
  readonly definition: RestDefinition;
};

export type RestDefinition = {
  readonly binaryMediaTypes: readonly string[];
  /** null: no compression. */
  readonly minimumCompressionSize: number | null;
  readonly apiKeySource: 'HEADER' | 'AUTHORIZER';
  readonly policy: PolicyDocument | null;
  readonly resources: readonly RestResource[];
  readonly models: Readonly<Record<string, RestModel>>;
  readonly requestValidators: Readonly<Record<string, RequestValidator>>;
  readonly authorizers: Readonly<Record<string, RestAuthorizer>>;
  /** By response type (ACCESS_DENIED, DEFAULT_4XX, …). */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
};

export type RestResource = {
  readonly id: string;
  /** The template, as in `/lots/{lotId}`. */
  readonly path: string;
  readonly methods: readonly RestMethod[];
};

export type RestMethod = {
  /** An upper-case verb, or ANY. */
  readonly httpMethod: string;
  readonly operationName: string | null;
  readonly authorizationType: 'NONE' | 'AWS_IAM' | 'CUSTOM' | 'COGNITO_USER_POOLS';
  /** A key of the definition's authorizers. */
  readonly authorizer: string | null;
  readonly authorizationScopes: readonly string[];
  readonly apiKeyRequired: boolean;
  /** `method.request.querystring.make` → required. */
  readonly requestParameters: Readonly<Record<string, boolean>>;
  /** MIME type → model name. */
  readonly requestModels: Readonly<Record<string, string>>;
  /** A key of the definition's request validators. */
  readonly requestValidator: string | null;
  /** Status → what the method may answer. */
  readonly responses: Readonly<Record<string, MethodResponse>>;
  readonly integration: RestIntegration | null;
  readonly place: Place;
};

export type MethodResponse = {
  readonly parameters: Readonly<Record<string, boolean>>;
  readonly models: Readonly<Record<string, string>>;
};

export type RestIntegration = {
  readonly type: 'AWS' | 'AWS_PROXY' | 'HTTP' | 'HTTP_PROXY' | 'MOCK';
  /** Upper case; empty where the template gives none. */
  readonly httpMethod: string;
  /** Still with `${stageVariables.x}` and `{placeholders}`. */
  readonly uri: string;
  readonly credentials: string | null;
  readonly connectionType: 'INTERNET' | 'VPC_LINK';
  readonly connectionId: string | null;
  readonly integrationTarget: string | null;
  readonly requestParameters: Readonly<Record<string, string>>;
  readonly requestTemplates: Readonly<Record<string, string>>;
  readonly passthroughBehavior: 'WHEN_NO_MATCH' | 'WHEN_NO_TEMPLATES' | 'NEVER';
  readonly contentHandling: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT' | null;
  readonly timeoutInMillis: number;
  readonly cacheNamespace: string | null;
  readonly cacheKeyParameters: readonly string[];
  readonly insecureSkipVerification: boolean;
  readonly responseTransferMode: 'BUFFERED' | 'STREAM';
  readonly responses: readonly RestIntegrationResponse[];
  readonly place: Place;
};

export type RestIntegrationResponse = {
  /** null: the default response. */
  readonly selectionPattern: string | null;
  readonly statusCode: string;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
  readonly contentHandling: 'CONVERT_TO_BINARY' | 'CONVERT_TO_TEXT' | null;
};

export type RestModel = {
  readonly name: string;
  readonly contentType: string;
  readonly schema: unknown;
  /** From an OpenAPI document: references then lead into that document, and some keywords do not count. */
  readonly isImported: boolean;
};

export type RequestValidator = {
  readonly name: string;
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
};

export type RestAuthorizer = {
  readonly id: string;
  readonly name: string;
  readonly type: 'TOKEN' | 'REQUEST' | 'COGNITO_USER_POOLS';
  readonly authorizerUri: string | null;
  readonly authorizerCredentials: string | null;
  readonly identitySource: string;
  readonly identityValidationExpression: string | null;
  readonly resultTtlInSeconds: number;
  readonly providerArns: readonly string[];
  readonly place: Place;
};

export type GatewayResponse = {
  readonly statusCode: string | null;
  /** `gatewayresponse.header.X` → expression. */
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: Readonly<Record<string, string>>;
};

export type RestStage = {
  readonly name: string;
  readonly logicalId: string;
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly canary: CanarySettings | null;
  /** By the rule that AWS shows: method settings are keyed `*` + `/` + `*`, or `lots/GET`. */
  readonly methodSettings: Readonly<Record<string, RestMethodSettings>>;
  readonly cacheCluster: { readonly enabled: boolean; readonly size: string } | null;
  readonly accessLog: AccessLogSettings | null;
  readonly tracingEnabled: boolean;
  readonly clientCertificateId: string | null;
  readonly webAclArn: string | null;
  readonly place: Place;
};

/** A canary makes a stage point at two deployments. */
export type CanarySettings = {
  readonly deploymentId: string;
  readonly percentTraffic: number;
  readonly stageVariableOverrides: Readonly<Record<string, string>>;
  readonly useStageCache: boolean;
};

export type RestMethodSettings = {
  readonly metricsEnabled: boolean;
  readonly loggingLevel: 'OFF' | 'ERROR' | 'INFO';
  readonly dataTraceEnabled: boolean;
  readonly throttlingBurstLimit: number | null;
  readonly throttlingRateLimit: number | null;
  readonly cachingEnabled: boolean;
  readonly cacheTtlInSeconds: number;
  readonly cacheDataEncrypted: boolean;
  readonly requireAuthorizationForCacheControl: boolean;
  readonly unauthorizedCacheControlHeaderStrategy:
    | 'FAIL_WITH_403'
    | 'SUCCEED_WITH_RESPONSE_HEADER'
    | 'SUCCEED_WITHOUT_RESPONSE_HEADER';
};

export type AccessLogSettings = { readonly destinationArn: string; readonly format: string };
