import { type SignatureFailure, signatureErrorTypes, verifySignature } from '../../auth/sigv4.ts';
import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';
import { NotServedLocally, RestError } from '../gateway-response.ts';

export const authenticate: Phase<RestContext> = {
  name: 'authenticate',
  run(context) {
    const { authorizationType, authorizer } = context.target!.model;
    switch (authorizationType) {
      case 'NONE':
        return;
      case 'AWS_IAM':
        return verify(context);
      case 'CUSTOM':
        throw new NotServedLocally(`Lambda authorizers come with a later version (${authorizer ?? 'unnamed'})`);
      case 'COGNITO_USER_POOLS':
        throw new NotServedLocally(`Cognito authorizers come with a later version (${authorizer ?? 'unnamed'})`);
    }
  },
  thin: 'AWS_IAM signatures are verified; methods with a Lambda or Cognito authorizer answer 501',
};

const verify = (context: RestContext): void => {
  const { services, request } = context;
  const { identities, account, clock } = services;
  const result = verifySignature(request, 'execute-api', account.region, identities, clock.now());
  if (!result.ok) throw signatureError(result);
  context.identity = result.identity;
};

const signatureError = ({ kind, message }: SignatureFailure): RestError =>
  kind === 'missing'
    ? new RestError('MISSING_AUTHENTICATION_TOKEN', { reason: message })
    : new RestError('INVALID_SIGNATURE', { reason: message, message, errorType: signatureErrorTypes[kind] });
