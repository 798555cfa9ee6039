/** A header as it arrived: its name in the client's casing and every value in order. */
export type RequestHeader = { readonly name: string; readonly values: string[] };

/** Headers by their name in lower case, in the order of their first line. */
export type RequestHeaders = Map<string, RequestHeader>;

/** Reads a flat header list in one pass, without the names in `left`, which nothing behind the gateway sees. */
export const parseHeaders = (flat: readonly string[], left: ReadonlySet<string>): RequestHeaders => {
  const headers: RequestHeaders = new Map();
  for (let i = 0; i < flat.length; i += 2) {
    const name = flat[i]!;
    const key = name.toLowerCase();
    if (left.has(key)) continue;
    const known = headers.get(key);
    if (known) known.values.push(flat[i + 1]!);
    else headers.set(key, { name, values: [flat[i + 1]!] });
  }
  return headers;
};

export const firstValue = (headers: RequestHeaders, key: string): string | undefined => headers.get(key)?.values[0];

/** Whether a flat header list has this header, by its name in lower case. */
export const hasHeader = (flat: readonly string[], key: string): boolean => {
  for (let i = 0; i < flat.length; i += 2) {
    if (flat[i]!.length === key.length && flat[i]!.toLowerCase() === key) return true;
  }
  return false;
};

/** `X-Forwarded-For` for a backend: the client's own list with the client's address after it. */
export const forwardedFor = (headers: RequestHeaders, sourceIp: string): string => {
  const sent = headers.get('x-forwarded-for');
  return sent ? `${sent.values.join(', ')}, ${sourceIp}` : sourceIp;
};

/** What the headers weigh against a quota: names, values and line ends. */
export const headerBytes = (flat: readonly string[]): number => {
  let bytes = flat.length;
  for (const text of flat) bytes += text.length;
  return bytes;
};

const notInAValue = /[^\t\x20-\x7e\x80-\xff]/;
const ascii = /^[\x00-\x7f]*$/;
const control = /[\x00-\x08\x0a-\x1f\x7f]/;
const name = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Whether a header may go out under this name; anything else could end the header block early. */
export const isHeaderName = (text: string): boolean => name.test(text);

/** A text as its UTF-8 bytes, the way node:http wants bytes in a header; null where it would break the line. */
export const utf8HeaderText = (value: string): string | null => {
  if (control.test(value)) return null;
  return ascii.test(value) ? value : Buffer.from(value, 'utf8').toString('latin1');
};

/** The value as it may go out where it can be bytes of the client's already: text beyond Latin-1 becomes its UTF-8 bytes; null where it would break the line. */
export const headerText = (value: string): string | null => {
  if (!notInAValue.test(value)) return value;
  return control.test(value) ? null : Buffer.from(value, 'utf8').toString('latin1');
};
