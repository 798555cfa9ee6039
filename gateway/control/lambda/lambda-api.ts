import type { IdentityStore } from '../../auth/identities.ts';
import { signatureErrorTypes, verifySignature } from '../../auth/sigv4.ts';
import { uuid } from '../../ids.ts';
import type { ApiRequest } from '../../server/messages.ts';
import { isAuthentic } from '../authentic.ts';
import type { LambdaServices } from './call.ts';
import { errorReply, LambdaError } from './lambda-error.ts';
import { operations } from './operations.ts';
import { json, type LambdaReply } from './reply.ts';

export type LambdaApi = (request: ApiRequest) => Promise<LambdaReply>;

/** Lambda's own API: what the SDKs, the AWS CLI and handlers speak to. Every call must be signed. */
export const createLambdaApi = (services: LambdaServices, identities: IdentityStore): LambdaApi => {
  const startedAt = services.clock.now();
  const { region } = services.account;

  const answer = async (request: ApiRequest): Promise<LambdaReply> => {
    const now = services.clock.now();
    if (!isAuthentic(request, identities, region, now)) {
      const verdict = verifySignature(request, 'lambda', region, identities, now);
      const type = verdict.ok ? 'AccessDeniedException' : signatureErrorTypes[verdict.kind];
      return json(403, { message: verdict.ok ? '' : verdict.message }, { 'x-amzn-errortype': type });
    }
    try {
      for (const { method, path, run } of operations) {
        const found = method === request.method ? path.exec(request.path) : null;
        if (!found) continue;
        const query = new URLSearchParams(request.query);
        return await run({ services, startedAt, request, query, path: found.slice(1).map(decode) });
      }
      throw new LambdaError('NotImplemented', `${request.method} ${request.path} is no operation that is done here.`);
    } catch (error) {
      return errorReply(error);
    }
  };

  return async (request) => {
    const { headers, ...reply } = await answer(request);
    return { ...reply, headers: { 'x-amzn-requestid': uuid(), ...headers } };
  };
};

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new LambdaError('InvalidParameterValueException', `'${text}' is not well encoded`);
  }
};
