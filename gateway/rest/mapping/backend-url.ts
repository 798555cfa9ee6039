import type { RequestParameters } from './request-parameters.ts';

const placeholder = /\{([A-Za-z0-9._$+-]+)\}/g;

/** A value cannot leave the part of the URL that it is put in. */
const inPath = (value: string): string => value.replace(/[?#]/g, encodeURIComponent);

/** The URL of a backend: path parameters fill the URI's placeholders, mapped query values stand after `query`. */
export const backendUrl = (uri: string, parameters: RequestParameters, query: string): string => {
  const path = uri.replace(placeholder, (whole, name: string) => {
    const values = parameters.path.get(name.replace(/\+$/, ''));
    return values ? inPath(values.join(',')) : whole;
  });
  const parts = query === '' ? [] : [query];
  for (const [name, values] of parameters.querystring) {
    for (const value of values) parts.push(`${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`);
  }
  if (parts.length === 0) return path;
  return `${path}${path.includes('?') ? '&' : '?'}${parts.join('&')}`;
};
