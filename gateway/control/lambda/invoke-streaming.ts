import { Readable } from 'node:stream';
import type { InvocationResult, InvocationStream } from '../../lambda/invocation.ts';
import { headerValue } from '../../server/messages.ts';
import type { LambdaCall } from './call.ts';
import { eventMessage } from './event-stream.ts';
import { answered, invocationRequest } from './invoke.ts';
import { LambdaError } from './lambda-error.ts';
import { followLog } from './log-tail.ts';
import type { LambdaReply } from './reply.ts';

/** InvokeWithResponseStream: what the function writes arrives as it is written, in messages of an event stream. */
export const invokeWithResponseStream = async (call: LambdaCall): Promise<LambdaReply> => {
  const { headers } = call.request;
  const type = headerValue(headers, 'x-amz-invocation-type') ?? 'RequestResponse';
  if (type !== 'RequestResponse') {
    throw new LambdaError('NotImplemented', `InvokeWithResponseStream of the type ${type} is not done here.`);
  }
  const request = invocationRequest(call);
  const log =
    headerValue(headers, 'x-amz-log-type') === 'Tail' ? followLog(call.services.observer, request.requestId!) : null;
  const begun = await call.services.lambda.invokeStreaming(request);
  if (begun.kind !== 'streaming' && begun.kind !== 'answered') log?.end();
  const { requestId, executedVersion } = begun.kind === 'streaming' ? begun : answered(call, request.function, begun);
  const body = Readable.from(messages(begun, () => log?.end()));
  // A caller that goes away before the first message leaves a generator that never began and so cleans nothing up.
  body.once('close', () => {
    log?.end();
    if (begun.kind === 'streaming') begun.body.destroy();
  });
  return {
    status: 200,
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      'x-amzn-requestid': requestId,
      'x-amz-executed-version': executedVersion,
    },
    body,
  };
};

async function* messages(
  begun: InvocationStream | InvocationResult,
  logResult: () => string | undefined,
): AsyncGenerator<Buffer> {
  if (begun.kind === 'streaming') {
    for await (const chunk of begun.body) yield payloadChunk(chunk as Buffer);
  } else if (begun.kind === 'answered' && begun.functionError === null) {
    yield payloadChunk(Buffer.from(begun.payload));
  }
  const result = begun.kind === 'streaming' ? await begun.outcome : begun;
  const failure = result.kind === 'answered' && result.functionError !== null ? result : null;
  const LogResult = logResult();
  const complete = {
    ...(failure ? { ErrorCode: failure.functionError, ErrorDetails: failure.payload } : {}),
    ...(LogResult === undefined ? {} : { LogResult }),
  };
  yield eventMessage('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(complete)));
}

const payloadChunk = (chunk: Buffer): Buffer => eventMessage('PayloadChunk', 'application/octet-stream', chunk);
