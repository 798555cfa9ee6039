/** What API Gateway answers itself, by response type: status, `x-amzn-ErrorType` and default message. */
const types = {
  ACCESS_DENIED: [403, 'AccessDeniedException', 'User is not authorized to access this resource'],
  API_CONFIGURATION_ERROR: [500, 'InternalServerErrorException', 'Internal server error'],
  AUTHORIZER_CONFIGURATION_ERROR: [500, 'AuthorizerConfigurationException', null],
  AUTHORIZER_FAILURE: [500, 'AuthorizerFailureException', 'Internal server error'],
  BAD_REQUEST_BODY: [400, 'BadRequestException', 'Invalid request body'],
  BAD_REQUEST_PARAMETERS: [400, 'BadRequestException', 'Missing required request parameters: []'],
  // The two families also stand for failures that have no type of their own, such as a malformed proxy answer.
  DEFAULT_4XX: [400, 'BadRequestException', 'Bad Request'],
  DEFAULT_5XX: [500, 'InternalServerErrorException', 'Internal server error'],
  EXPIRED_TOKEN: [403, 'ExpiredTokenException', 'The security token included in the request is expired'],
  INTEGRATION_FAILURE: [504, 'InternalServerErrorException', 'Network error communicating with endpoint'],
  INTEGRATION_TIMEOUT: [504, 'InternalServerErrorException', 'Endpoint request timed out'],
  INVALID_API_KEY: [403, 'ForbiddenException', 'Forbidden'],
  INVALID_SIGNATURE: [403, 'InvalidSignatureException', 'The request signature we calculated does not match'],
  MISSING_AUTHENTICATION_TOKEN: [403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  QUOTA_EXCEEDED: [429, 'LimitExceededException', 'Limit Exceeded'],
  REQUEST_TOO_LARGE: [413, 'RequestTooLargeException', 'Request Too Long'],
  RESOURCE_NOT_FOUND: [404, 'ResourceNotFoundException', 'Not Found'],
  THROTTLED: [429, 'TooManyRequestsException', 'Too Many Requests'],
  UNAUTHORIZED: [401, 'UnauthorizedException', 'Unauthorized'],
  UNSUPPORTED_MEDIA_TYPE: [415, 'BadRequestException', 'Unsupported Media Type'],
  WAF_FILTERED: [403, 'ForbiddenException', 'Forbidden'],
} as const satisfies Record<string, readonly [number, string, string | null]>;

export type GatewayResponseType = keyof typeof types;

type Details = {
  /** What the execution log says. */
  readonly reason: string;
  readonly status?: number;
  readonly message?: string | null;
  readonly errorType?: string;
  /** `$context.error.validationErrorString`. */
  readonly validationErrorString?: string;
};

/** Thrown by a phase; rendered in one place as the gateway response of its type. */
export class RestError extends Error {
  readonly responseType: GatewayResponseType;
  readonly status: number;
  readonly errorType: string;
  readonly text: string | null;
  readonly reason: string;
  readonly validationErrorString: string | null;
  constructor(responseType: GatewayResponseType, details: Details) {
    super(details.reason);
    const [status, errorType, message] = types[responseType];
    this.name = 'RestError';
    this.responseType = responseType;
    this.status = details.status ?? status;
    this.errorType = details.errorType ?? errorType;
    this.text = details.message === undefined ? message : details.message;
    this.reason = details.reason;
    this.validationErrorString = details.validationErrorString ?? null;
  }
}

/** The stage, the host or the default endpoint is refused before any deployment is known: not customisable. */
export class ForbiddenHere extends Error {
  readonly status: number;
  readonly errorType: string;
  readonly text: string;
  readonly reason: string;
  constructor(reason: string, status = 403, errorType = 'ForbiddenException', text = 'Forbidden') {
    super(reason);
    this.name = 'ForbiddenHere';
    this.status = status;
    this.errorType = errorType;
    this.text = text;
    this.reason = reason;
  }
}

/** AWS would serve this; the local gateway refuses rather than serve it wrong or open. */
export class NotServedLocally extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.name = 'NotServedLocally';
    this.reason = reason;
  }
}

export const configurationError = (reason: string): RestError =>
  new RestError('API_CONFIGURATION_ERROR', { reason: `Execution failed due to configuration error: ${reason}` });
