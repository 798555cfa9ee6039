/** The ways in which the gateway itself ends a handshake or a message. */
const errors = {
  BAD_HANDSHAKE: { status: 400, message: 'Bad Request', errorType: 'BadRequestException' },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    message: 'Missing required request parameters',
    errorType: 'BadRequestException',
  },
  FORBIDDEN: { status: 403, message: 'Forbidden', errorType: 'ForbiddenException' },
  URI_TOO_LONG: { status: 414, message: 'Request URI too long', errorType: 'RequestURITooLongException' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, message: 'Unsupported Media Type', errorType: 'BadRequestException' },
  INTERNAL_ERROR: { status: 500, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  /** AWS would do it; this gateway does not yet, and refuses what it cannot honour. */
  NOT_HONOURED: { status: 501, message: 'Internal server error', errorType: 'NotImplementedException' },
  INTEGRATION_FAILURE: { status: 502, message: 'Internal server error', errorType: 'InternalServerErrorException' },
  SERVICE_STOPPING: { status: 503, message: 'Service Unavailable', errorType: 'ServiceUnavailableException' },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: 'Endpoint request timed out',
    errorType: 'InternalServerErrorException',
  },
} as const;

export type GatewayErrorType = keyof typeof errors;

/** Thrown by a phase; rendered as the handshake's answer, or as an error frame on an open connection. */
export class GatewayError extends Error {
  readonly status: number;
  readonly errorType: string;
  /** For people at this machine; clients never see it, but for what is not honoured. */
  readonly reason: string;
  constructor(type: GatewayErrorType, reason: string, shown: { message?: string; errorType?: string } = {}) {
    super(shown.message ?? errors[type].message);
    this.status = errors[type].status;
    this.errorType = shown.errorType ?? errors[type].errorType;
    this.reason = reason;
  }
}

/** Anything else that a phase throws is a defect of the gateway: the client sees a fault, the terminal sees the cause. */
export const asGatewayError = (error: unknown): GatewayError =>
  error instanceof GatewayError
    ? error
    : new GatewayError(
        'INTERNAL_ERROR',
        `the gateway failed: ${error instanceof Error ? error.message : String(error)}`,
      );

/** API Gateway's own bytes: a space after the first colon and after each comma, none after the other colons. */
export const errorFrame = (message: string, connectionId: string, requestId: string): string =>
  `{"message": ${JSON.stringify(message)}, "connectionId":"${connectionId}", "requestId":"${requestId}"}`;
