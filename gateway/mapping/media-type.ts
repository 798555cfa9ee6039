/** The media type of a Content-Type or of the first entry of an Accept header, without its parameters. */
export const mediaTypeOf = (header: string): string => {
  const comma = header.indexOf(',');
  const first = comma < 0 ? header : header.slice(0, comma);
  const semicolon = first.indexOf(';');
  return (semicolon < 0 ? first : first.slice(0, semicolon)).trim().toLowerCase();
};

export type MediaTypeMatcher = (mediaType: string) => boolean;

/** A REST API's `binaryMediaTypes` as a test: exact types, `type/*`, or everything. */
export const compileBinaryMediaTypes = (types: readonly string[]): MediaTypeMatcher => {
  if (types.includes('*/*')) return () => true;
  const exact = new Set(types.map((type) => type.toLowerCase()));
  const families = [...exact].filter((type) => type.endsWith('/*')).map((type) => type.slice(0, -1));
  if (exact.size === 0) return () => false;
  return (mediaType) => exact.has(mediaType) || families.some((family) => mediaType.startsWith(family));
};
