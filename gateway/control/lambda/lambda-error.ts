import { ControlError } from '../../lambda/versions/control-error.ts';
import { json, type LambdaReply } from './reply.ts';

/** The errors of Lambda's API that are given here, with their statuses. */
const statuses = {
  InvalidParameterValueException: 400,
  InvalidRequestContentException: 400,
  ResourceNotFoundException: 404,
  ProvisionedConcurrencyConfigNotFoundException: 404,
  ResourceConflictException: 409,
  PreconditionFailedException: 412,
  RequestTooLargeException: 413,
  RequestEntityTooLargeException: 413,
  TooManyRequestsException: 429,
  /** None of Lambda's: what this gateway does not do. No SDK tries a 501 again. */
  NotImplemented: 501,
} as const;

export type LambdaErrorCode = keyof typeof statuses;

export class LambdaError extends Error {
  readonly code: LambdaErrorCode;
  readonly more: Readonly<Record<string, string>>;

  constructor(code: LambdaErrorCode, message: string, more: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.more = more;
  }
}

/** Lambda writes `Message` in some of its errors and `message` in others. */
const capital = new Set<LambdaErrorCode>(['ResourceNotFoundException']);

export const errorReply = (error: unknown): LambdaReply => {
  if (!(error instanceof LambdaError) && !(error instanceof ControlError)) throw error;
  const { code, message } = error;
  const more = error instanceof LambdaError ? error.more : {};
  const body = { ...more, Type: 'User', [capital.has(code) ? 'Message' : 'message']: message };
  return json(statuses[code], body, { 'x-amzn-errortype': code });
};
