import { decodeFormText } from './percent-encoding.ts';

/** Query parameters by name, each with all its values in order. */
export type QueryParameters = ReadonlyMap<string, readonly string[]>;

const none: QueryParameters = new Map();

const ampersand = '&';
/** REST APIs also part the query at a semicolon. */
export const AMPERSAND_OR_SEMICOLON = /[&;]/;

/** Reads a raw query string; names and values arrive decoded. */
export const parseQueryString = (raw: string, separator: string | RegExp = ampersand): QueryParameters => {
  if (raw === '') return none;
  const parameters = new Map<string, string[]>();
  for (const pair of raw.split(separator)) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decodeFormText(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? '' : decodeFormText(pair.slice(equals + 1));
    const known = parameters.get(name);
    if (known) known.push(value);
    else parameters.set(name, [value]);
  }
  return parameters;
};
