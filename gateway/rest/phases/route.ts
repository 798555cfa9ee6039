import { firstValue } from '../../mapping/request-headers.ts';
import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';
import { ForbiddenHere, RestError } from '../gateway-response.ts';
import { MAX_METHOD_ARN_BYTES, URI_TOO_LONG } from '../limits.ts';

export const route: Phase<RestContext> = {
  name: 'route',
  run(context) {
    const variant = context.variant!;
    if (variant.stageArn.length + context.method.length + context.path.length + 1 > MAX_METHOD_ARN_BYTES) {
      throw new ForbiddenHere(`The method's ARN is longer than ${MAX_METHOD_ARN_BYTES} bytes`, ...URI_TOO_LONG);
    }
    const match = variant.routes(context.method, context.segments);
    if (!match) throw unmatched(context);
    context.target = match.target;
    context.pathParameters = match.pathParameters;
  },
};

/** What is not found is taken for an unsigned call; with an Authorization header, for a badly signed one. */
const unmatched = (context: RestContext): RestError => {
  const reason = `No method ${context.method} ${context.path} in stage ${context.stage!.model.name}`;
  const header = firstValue(context.headers, 'authorization');
  if (header && !header.startsWith('AWS4-HMAC-SHA256')) {
    const message = unsignedText(header);
    return new RestError('INVALID_SIGNATURE', { reason, message, errorType: 'IncompleteSignatureException' });
  }
  return new RestError('MISSING_AUTHENTICATION_TOKEN', { reason });
};

/** The signature parser's complaint: it drops the scheme and expects `key=value` parts with commas between them. */
const unsignedText = (header: string): string => {
  const space = header.indexOf(' ');
  const part = header
    .slice(space + 1)
    .split(',')
    .map((text) => text.trim())
    .find((text) => !text.includes('='));
  if (part !== undefined) {
    return `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header: '${header}'.`;
  }
  const missing = ['Credential', 'Signature', 'SignedHeaders'].map(
    (name) => `Authorization header requires '${name}' parameter.`,
  );
  return `${missing.join(' ')} Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=${header}`;
};
