import { hasHeader } from '../../mapping/request-headers.ts';
import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';

/** The headers that every response carries, whatever its integration answered. */
export const methodResponse: Phase<RestContext> = {
  name: 'method response',
  run(context) {
    const { headers } = context.response!;
    if (!hasHeader(headers, 'content-type')) headers.push('Content-Type', 'application/json');
    headers.push('x-amzn-RequestId', context.requestId, 'x-amz-apigw-id', context.extendedRequestId);
    if (context.target!.integration.answersTraceId) headers.push('X-Amzn-Trace-Id', context.trace.propagated);
  },
  thin: 'responses are not compressed by minimumCompressionSize',
};
