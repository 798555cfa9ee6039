import { firstValue, hasHeader } from '../../mapping/request-headers.ts';
import type { Phase } from '../../phase.ts';
import { encodeBody, preferredCoding } from '../content-coding.ts';
import type { MethodResponse, RestContext } from '../context.ts';

/** The headers that every response carries, whatever its integration answered; and compression, last of all. */
export const methodResponse: Phase<RestContext> = {
  name: 'method response',
  run(context) {
    const { headers } = context.response!;
    if (!hasHeader(headers, 'content-type')) headers.push('Content-Type', 'application/json');
    headers.push('x-amzn-RequestId', context.requestId, 'x-amz-apigw-id', context.extendedRequestId);
    if (context.target!.integration.answersTraceId) headers.push('X-Amzn-Trace-Id', context.trace.propagated);
    const { minimumCompressionSize } = context.variant!.definition;
    if (minimumCompressionSize !== null) return compress(context, context.response!, minimumCompressionSize);
  },
};

const compress = (context: RestContext, response: MethodResponse, from: number): void | Promise<void> => {
  const size = Buffer.byteLength(response.body);
  if (size === 0 || size < from || hasHeader(response.headers, 'content-encoding')) return;
  const coding = preferredCoding(firstValue(context.headers, 'accept-encoding'));
  if (!coding) return;
  return encodeBody(response.body, coding).then((body) => {
    response.headers.push('Content-Encoding', coding);
    context.response = { ...response, body };
  });
};
