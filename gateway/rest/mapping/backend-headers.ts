import { headerText, isHeaderName } from '../../mapping/request-headers.ts';
import type { OverriddenValues } from '../../mapping/template-context.ts';
import { configurationError } from '../gateway-response.ts';

/** Who gets the headers: each kind of backend has its own rules for what may be mapped. */
export type BackendKind = 'HTTP' | 'AWS';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** The gateway sends these itself: a second one breaks the call. */
const taken: Readonly<Record<BackendKind, ReadonlySet<string>>> = {
  HTTP: words('content-length transfer-encoding x-amzn-trace-id x-amzn-apigateway-api-id'),
  AWS: words(
    'content-length transfer-encoding x-amzn-trace-id x-amzn-apigateway-api-id authorization connection expect proxy-authenticate te',
  ),
};

/** These are dropped without a word. */
const dropped: Readonly<Record<BackendKind, ReadonlySet<string>>> = {
  HTTP: words('expect proxy-authenticate te via'),
  AWS: words('referer'),
};

/** The mapped headers as they go out, flat, repeated ones joined by commas. */
export const mappedHeaders = (kind: BackendKind, mapped: OverriddenValues): string[] => {
  const flat: string[] = [];
  for (const [name, values] of mapped) {
    const key = name.toLowerCase();
    if (taken[kind].has(key)) throw configurationError(`${name} header already present`);
    const text = dropped[kind].has(key) || !isHeaderName(name) ? null : headerText(values.join(','));
    if (text !== null) flat.push(name, text);
  }
  return flat;
};
