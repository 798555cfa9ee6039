import { signatureErrorTypes, verifySignature } from '../../auth/sigv4.ts';
import type { Phase } from '../../phase.ts';
import type { ConnectContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';
import { notHonoured } from '../stage.ts';

export const apiKey: Phase<ConnectContext> = {
  name: 'API key',
  thin: 'a $connect route that requires an API key answers 501: keys and usage plans are not checked yet',
  run({ route }) {
    if (route?.definition.apiKeyRequired) throw notHonouredError(notHonoured.apiKeys);
  },
};

/** Only `$connect` is authorized; the connection's later messages inherit it, whatever their routes say. */
export const authorization: Phase<ConnectContext> = {
  name: 'Authorization',
  thin: 'AWS_IAM verifies signatures but evaluates no policies; a CUSTOM authorizer answers 501',
  run(context) {
    switch (context.route?.definition.authorizationType) {
      case undefined:
      case 'NONE':
        return;
      case 'AWS_IAM':
        signedByIdentity(context);
        return;
      case 'CUSTOM':
        throw notHonouredError(notHonoured.lambdaAuthorizers);
    }
  },
};

const signedByIdentity = (context: ConnectContext): void => {
  const { identities, account, clock } = context.api.services;
  const verdict = verifySignature(context.request, 'execute-api', account.region, identities, clock.now());
  if (!verdict.ok) {
    const { kind, message } = verdict;
    throw new GatewayError('FORBIDDEN', message, { message, errorType: signatureErrorTypes[kind] });
  }
  const { accountId, userId, userArn, accessKeyId } = verdict.identity;
  context.identity = { accountId, caller: userId, user: userId, userArn, accessKey: accessKeyId, ...context.identity };
};

const notHonouredError = (reason: string): GatewayError => new GatewayError('NOT_HONOURED', reason);
