import type { Place } from '../model/place.ts';
import { GavelError, type Problem } from '../problem.ts';

/** Collects what is wrong with a template, so that one run shows all of it. */
export type Problems = {
  add(what: string, place: Place | null, remedy: string): void;
  /** No message shows this text: a secret, or the value of a NoEcho parameter. */
  hide(secret: string): void;
  /** Ends a stage of reading: what follows would only trip over the same stones. */
  throwIfAny(): void;
};

export const createProblems = (): Problems => {
  const found = new Map<string, Problem>();
  const secrets = new Set<string>();
  const shown = (text: string): string =>
    [...secrets].reduce((whole, secret) => whole.replaceAll(secret, '****'), text);
  return {
    add(what, place, remedy) {
      const key = `${place ? `${place.file}:${place.line}:${place.column}` : ''} ${what}`;
      if (!found.has(key)) found.set(key, { what, place, remedy });
    },
    hide(secret) {
      // A shorter one would take words apart that have nothing to do with it; in quotes it is itself.
      if (secret.length > 3) secrets.add(secret);
      else if (secret !== '') secrets.add(JSON.stringify(secret));
    },
    throwIfAny() {
      if (found.size === 0) return;
      const problems = [...found.values()].sort(byPlace);
      const isOpen = secrets.size === 0;
      throw new GavelError(
        ...(isOpen ? problems : problems.map((one) => ({ ...one, what: shown(one.what), remedy: shown(one.remedy) }))),
      );
    },
  };
};

const byPlace = (a: Problem, b: Problem): number => {
  if (!a.place || !b.place) return (a.place ? 1 : 0) - (b.place ? 1 : 0);
  if (a.place.file !== b.place.file) return a.place.file < b.place.file ? -1 : 1;
  return a.place.line - b.place.line || a.place.column - b.place.column;
};

/** The closest of the known names, for "did you mean"; at most so many changes away. */
export const nearest = (name: string, known: Iterable<string>, most = Math.floor(name.length / 3)): string | null => {
  let best: string | null = null;
  // Of a name of two letters any other is two changes away.
  let bestDistance = Math.max(Math.min(2, name.length - 2), most, 0) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
};

const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
};

export const didYouMean = (name: string, known: Iterable<string>): string => {
  const close = nearest(name, known);
  return close ? ` Did you mean ${close}?` : '';
};

/** The written key that looks like a wanted one which is not there. */
export const insteadOf = (wanted: string, written: Iterable<string>): string => {
  const close = nearest(wanted, written, 2);
  return close ? ` Or is ${close} meant to be it?` : '';
};
