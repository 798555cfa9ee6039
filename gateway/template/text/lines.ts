import type { Place } from '../../model/place.ts';

/** Turns offsets into a text, or into a part of a file that was read by itself, into places. */
export type Lines = {
  place(offset: number): Place;
  /** A part of a file keeps its meaning when lines before it come or go. */
  moveTo(firstLine: number): void;
};

export const createLines = (file: string, text: string, firstLine = 1): Lines => {
  let first = firstLine;
  // Most texts are never asked for a place by name, so that their lines are counted when the first one is.
  let starts: readonly number[] | null = null;
  return {
    place(offset) {
      starts ??= startsOf(text);
      let low = 0;
      for (let high = starts.length - 1; low < high; ) {
        const middle = (low + high + 1) >> 1;
        if (starts[middle]! <= offset) low = middle;
        else high = middle - 1;
      }
      return { file, line: first + low, column: offset - starts[low]! + 1 };
    },
    moveTo(line) {
      first = line;
    },
  };
};

const startsOf = (text: string): readonly number[] => {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
};
