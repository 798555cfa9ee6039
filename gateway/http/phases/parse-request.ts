import { headerBytes } from '../../mapping/request-headers.ts';
import type { Phase } from '../../phase.ts';
import { entityTooLarge, forbidden, headersTooLarge } from '../answer.ts';
import type { HttpContext } from '../context.ts';
import { MAX_BODY_BYTES, MAX_HEADER_BYTES } from '../limits.ts';

/** The quotas on a request's size, and the default endpoint where it is turned off. */
export const parseRequest: Phase<HttpContext> = {
  name: 'parse request',
  run({ api, host, request }) {
    if (api.model.disableExecuteApiEndpoint && host.header === api.hosts.defaultEndpoint) {
      throw forbidden('The default endpoint of this API is disabled (DisableExecuteApiEndpoint)');
    }
    const line = request.method.length + request.path.length + request.query.length;
    if (headerBytes(request.headers) + line > MAX_HEADER_BYTES) {
      throw headersTooLarge(`Request line and headers are larger than ${MAX_HEADER_BYTES} bytes`);
    }
    if (request.body.length > MAX_BODY_BYTES) {
      throw entityTooLarge(`The body is larger than ${MAX_BODY_BYTES} bytes`);
    }
  },
};
