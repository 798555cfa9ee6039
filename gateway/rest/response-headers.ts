/** What becomes of a header on its way to the client: it passes, is renamed, or is dropped. */
export type HeaderRules = ReadonlyMap<string, 'remapped' | 'dropped'>;

const rules = (remapped: string, dropped: string): HeaderRules =>
  new Map([
    ...remapped.split(' ').map((name) => [name, 'remapped'] as const),
    ...dropped.split(' ').map((name) => [name, 'dropped'] as const),
  ]);

// Three names are the gateway's own on every response.
const own = 'x-amz-apigw-id x-amzn-trace-id';

/** What a function returns. */
export const LAMBDA_PROXY_RULES = rules(
  'authorization connection content-length content-md5 date max-forwards server user-agent www-authenticate x-amzn-requestid',
  `expect host proxy-authenticate te trailer transfer-encoding upgrade via ${own}`,
);

/**
 * What a backend answers to an HTTP proxy. Its trace id is passed on, as the gateway makes none of its own; so is
 * Content-Encoding, which AWS was seen to drop: bodies are not decompressed here, and one without the other is noise.
 */
export const HTTP_PROXY_RULES = rules(
  'authorization connection content-md5 date max-forwards server user-agent www-authenticate x-amzn-requestid',
  'content-length expect host keep-alive proxy-authenticate te trailer transfer-encoding upgrade via x-amz-apigw-id',
);

/** What a parameter of a MOCK's response or of a gateway response sets. A trailer cannot follow: there are no chunks. */
export const MAPPED_RULES = rules(
  'connection content-length date server x-amzn-requestid',
  `trailer transfer-encoding ${own}`,
);

/** What a parameter of a response sets whose backend is an HTTP endpoint or an AWS service. */
export const MAPPED_FROM_BACKEND_RULES = rules(
  'authorization connection content-length content-md5 date expect host max-forwards proxy-authenticate server trailer upgrade user-agent www-authenticate x-amzn-requestid',
  `transfer-encoding ${own}`,
);

export const applyHeaderRules = (headers: readonly string[], rules: HeaderRules): string[] => {
  const kept: string[] = [];
  for (let i = 0; i < headers.length; i += 2) {
    const name = headers[i]!;
    const rule = rules.get(name.toLowerCase());
    if (rule === 'dropped') continue;
    kept.push(rule === 'remapped' ? `x-amzn-Remapped-${name}` : name, headers[i + 1]!);
  }
  return kept;
};
