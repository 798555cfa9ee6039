import type { RestIntegrationResponse } from '../../model/rest-api.ts';

/** Picks the integration response for a status (or an error message); null where nothing matches and none is default. */
export type ResponseSelection = (value: string) => RestIntegrationResponse | null;

/** Patterns match the whole text; the first match wins, yet one whose own status is the integration's is preferred. */
export const compileResponseSelection = (responses: readonly RestIntegrationResponse[]): ResponseSelection => {
  const patterns = responses
    .filter((response) => response.selectionPattern)
    .map((response) => ({ response, pattern: wholeMatch(response.selectionPattern!) }));
  const fallback = responses.find((response) => !response.selectionPattern) ?? null;
  return (value) => {
    const matching = patterns.filter(({ pattern }) => pattern?.test(value)).map(({ response }) => response);
    return matching.find((response) => response.statusCode === value) ?? matching[0] ?? fallback;
  };
};

/** Null for a pattern that is none: it never matches. */
const wholeMatch = (pattern: string): RegExp | null => {
  try {
    return new RegExp(`^(?:${pattern})$`, 's');
  } catch {
    return null;
  }
};
