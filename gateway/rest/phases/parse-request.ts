import { headerBytes } from '../../mapping/request-headers.ts';
import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';
import { ForbiddenHere, RestError } from '../gateway-response.ts';
import { HEADERS_TOO_LARGE, MAX_BODY_BYTES, MAX_HEADER_BYTES, URI_TOO_LONG } from '../limits.ts';

/** The quotas on a request's size, and the default endpoint where it is turned off. */
export const parseRequest: Phase<RestContext> = {
  name: 'parse request',
  run({ api, request, host }) {
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
  },
  thin: 'request bodies with a Content-Encoding are not decompressed',
};
