import { firstValue, headerBytes } from '../../mapping/request-headers.ts';
import type { Phase } from '../../phase.ts';
import { decodeBody } from '../content-coding.ts';
import type { RestContext } from '../context.ts';
import { ForbiddenHere, RestError } from '../gateway-response.ts';
import { HEADERS_TOO_LARGE, MAX_BODY_BYTES, MAX_HEADER_BYTES, UNSUPPORTED_CODING, URI_TOO_LONG } from '../limits.ts';

/** The quotas on a request's size, the default endpoint where it is turned off, and the body without its coding. */
export const parseRequest: Phase<RestContext> = {
  name: 'parse request',
  run(context) {
    const { api, request, host } = context;
    if (api.model.disableExecuteApiEndpoint && host.header === api.hosts.defaultEndpoint) {
      throw new ForbiddenHere('The default endpoint of this API is disabled (DisableExecuteApiEndpoint)');
    }
    if (request.path.length + request.query.length + 1 > api.maxUrlLength) {
      throw new ForbiddenHere(`The URL is longer than ${api.maxUrlLength} characters`, ...URI_TOO_LONG);
    }
    if (headerBytes(request.headers) > MAX_HEADER_BYTES) {
      throw new ForbiddenHere(`The headers are larger than ${MAX_HEADER_BYTES} bytes`, ...HEADERS_TOO_LARGE);
    }
    if (request.body.length > MAX_BODY_BYTES) {
      throw new RestError('REQUEST_TOO_LARGE', { reason: `The body is larger than ${MAX_BODY_BYTES} bytes` });
    }
    const decoded = decodeBody(request.body, firstValue(context.headers, 'content-encoding'));
    // This early, API Gateway does not know the API yet: its gateway responses do not count.
    if (decoded.kind === 'unsupported') throw new ForbiddenHere(decoded.reason, ...UNSUPPORTED_CODING);
    if (decoded.kind === 'too-large') throw new RestError('REQUEST_TOO_LARGE', { reason: decoded.reason });
    context.body = decoded.body;
  },
};
