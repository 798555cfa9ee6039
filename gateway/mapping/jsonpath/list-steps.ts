import { pathNotFound } from './errors.ts';
import { toElement } from './member-steps.ts';
import type { Step, StepPlace } from './step.ts';

const listStep =
  (visit: (list: readonly unknown[], run: Parameters<Step>[1]) => void, { afterDefinite }: StepPlace): Step =>
  (value, run) => {
    if (Array.isArray(value)) visit(value, run);
    else if (afterDefinite) throw pathNotFound;
  };

export const indexStep = (indexes: readonly number[], place: StepPlace): Step =>
  listStep((list, run) => {
    for (const index of indexes) toElement(list, index, run, place.next);
  }, place);

/** A slice with both ends does not count its ends from the end of the list; its elements do if they are below zero. */
export const sliceStep = (from: number | null, to: number | null, place: StepPlace): Step =>
  listStep((list, run) => {
    const { length } = list;
    const fromEnd = (index: number): number => (index < 0 ? length + index : index);
    const begin = from === null ? 0 : to === null ? Math.max(0, fromEnd(from)) : from;
    const end = to === null ? length : Math.min(length, from === null ? fromEnd(to) : to);
    // No element stands further before the list than its length.
    for (let index = Math.max(begin, -length); index < end; index++) toElement(list, index, run, place.next);
  }, place);
