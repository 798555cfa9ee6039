import { JavaException } from '../../java-regex/java-exception.ts';
import { matchesWhole } from '../../java-regex/java-regex.ts';
import type { RestIntegrationResponse } from '../../model/rest-api.ts';

/** Picks the integration response for a status or an error message; null where nothing matches and none is default. */
export type ResponseSelection = (value: string) => RestIntegrationResponse | null;

/**
 * Patterns are Java's and match the whole text; the first match wins, yet one whose own status is the integration's is
 * preferred.
 */
export const compileResponseSelection = (
  responses: readonly RestIntegrationResponse[],
  report: (what: string) => void,
): ResponseSelection => {
  const patterns = responses.filter(({ selectionPattern }) => {
    if (!selectionPattern || isPattern(selectionPattern)) return Boolean(selectionPattern);
    report(`the selection pattern ${selectionPattern} cannot be read, and never matches`);
    return false;
  });
  const fallback = responses.find(({ selectionPattern }) => !selectionPattern) ?? null;
  return (value) => {
    let first: RestIntegrationResponse | null = null;
    for (const response of patterns) {
      if (!matchesWhole(value, response.selectionPattern!)) continue;
      if (response.statusCode === value) return response;
      first ??= response;
    }
    return first ?? fallback;
  };
};

/** A pattern that is none never matches. */
const isPattern = (pattern: string): boolean => {
  try {
    matchesWhole('', pattern);
    return true;
  } catch (error) {
    if (error instanceof JavaException) return false;
    throw error;
  }
};
