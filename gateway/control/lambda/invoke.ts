import { uuid } from '../../ids.ts';
import { maximumRequestBytes, requestTooLarge } from '../../lambda/environments/failures.ts';
import type { FunctionReference, InvocationRequest, InvocationResult } from '../../lambda/invocation.ts';
import { headerValue } from '../../server/messages.ts';
import type { LambdaCall } from './call.ts';
import { functionIn } from './function-name.ts';
import { LambdaError } from './lambda-error.ts';
import { followLog } from './log-tail.ts';
import { empty, type LambdaReply } from './reply.ts';

export const invoke = async (call: LambdaCall): Promise<LambdaReply> => {
  const type = headerValue(call.request.headers, 'x-amz-invocation-type') ?? 'RequestResponse';
  const request = invocationRequest(call);
  if (type === 'RequestResponse') return requestResponse(call, request);
  if (type === 'Event') return event(call, request);
  if (type !== 'DryRun') {
    throw new LambdaError(
      'InvalidParameterValueException',
      `Value '${type}' at 'invocationType' must be one of RequestResponse, Event, DryRun`,
    );
  }
  targetOf(call, request.function);
  return empty(204, { 'x-amzn-requestid': request.requestId! });
};

/** Also of InvokeWithResponseStream. */
export const invocationRequest = (call: LambdaCall): InvocationRequest => {
  const { headers, body } = call.request;
  if (body.length > maximumRequestBytes) {
    throw new LambdaError('RequestTooLargeException', requestTooLarge.errorMessage);
  }
  const reference = functionIn(call.path[0]!, call.query);
  const traceId = headerValue(headers, 'x-amzn-trace-id');
  const clientContext = headerValue(headers, 'x-amz-client-context');
  return {
    function: reference,
    payload: payloadOf(body),
    requestId: uuid(),
    ...(traceId === undefined ? {} : { traceId }),
    ...(clientContext === undefined ? {} : { clientContext }),
  };
};

/** Without a payload a handler gets an empty object. */
const payloadOf = (body: Buffer): string => {
  if (body.length === 0) return '{}';
  const text = body.toString('utf8');
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new LambdaError(
      'InvalidRequestContentException',
      `Could not parse request body into json: ${(error as Error).message}`,
    );
  }
};

const requestResponse = async (call: LambdaCall, request: InvocationRequest): Promise<LambdaReply> => {
  const { observer, lambda } = call.services;
  const wantsLog = headerValue(call.request.headers, 'x-amz-log-type') === 'Tail';
  const log = wantsLog ? followLog(observer, request.requestId!) : null;
  try {
    const result = answered(call, request.function, await lambda.invoke(request));
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': result.requestId,
        'x-amz-executed-version': result.executedVersion,
        ...(result.functionError === null ? {} : { 'x-amz-function-error': result.functionError }),
        ...(log === null ? {} : { 'x-amz-log-result': log.end() }),
      },
      body: result.payload,
    };
  } finally {
    log?.end();
  }
};

const event = async (call: LambdaCall, request: InvocationRequest): Promise<LambdaReply> => {
  const acceptance = await call.services.events.accept(request);
  switch (acceptance.kind) {
    case 'accepted':
      return empty(202, { 'x-amzn-requestid': acceptance.requestId });
    case 'too-large':
      throw new LambdaError('RequestEntityTooLargeException', acceptance.reason);
    case 'unsupported':
      throw new LambdaError('NotImplemented', acceptance.reason);
    case 'not-found':
      throw notFound(call, request.function);
  }
};

/** The answer of a function that ran; whatever else came of it is an error of the call. */
export const answered = (
  call: LambdaCall,
  reference: FunctionReference,
  result: InvocationResult,
): Extract<InvocationResult, { kind: 'answered' }> => {
  switch (result.kind) {
    case 'answered':
      return result;
    case 'throttled':
      throw new LambdaError('TooManyRequestsException', result.reason, result.limit ? { Reason: result.limit } : {});
    case 'unsupported':
      throw new LambdaError('NotImplemented', result.reason);
    case 'not-found':
      throw notFound(call, reference);
  }
};

const notFound = ({ services }: LambdaCall, { name, qualifier }: FunctionReference): LambdaError => {
  const { id, region, partition } = services.account;
  const arn = `arn:${partition}:lambda:${region}:${id}:function:${name}${qualifier === null ? '' : `:${qualifier}`}`;
  return new LambdaError('ResourceNotFoundException', `Function not found: ${arn}`);
};

/** The function, and that its qualifier is there. */
export const targetOf = (call: LambdaCall, reference: FunctionReference) => {
  const deployed = call.services.control.known(reference.name);
  if (!deployed?.targets.has(reference.qualifier)) throw notFound(call, reference);
  return deployed;
};
