import { JsonPathError, pathNotFound } from './errors.ts';
import { isObject, memberReader, membersOf, objectOf } from './json-value.ts';
import { arrive, type Run, type Step, type StepPlace } from './step.ts';

/**
 * For a last step behind a scan: whether the element that the scan came from counts. Only `$..[2].a` names one; for
 * `$..[*].a` and its like Jayway compares with a name that no element has.
 */
export type ScanFilter = (run: Run) => boolean;

export const memberStep = (name: string, { next, afterDefinite }: StepPlace, counts: ScanFilter | null): Step => {
  const read = memberReader(name);
  return (value, run) => {
    if (!isObject(value)) {
      if (afterDefinite) throw pathNotFound;
      return;
    }
    const member = read(value);
    if (member === undefined) {
      if (run.demanding || (next && afterDefinite)) throw pathNotFound;
    } else if (next) {
      next(member, run);
    } else if (!counts || counts(run)) {
      run.results.push(member);
    }
  };
};

/** Several names: at the end of a path one object of what there is of them, before it each in turn. */
export const membersStep = (names: readonly string[], { next, afterDefinite }: StepPlace): Step => {
  const readers = names.map((name) => ({ name, read: memberReader(name) }));
  return (value, run) => {
    if (!isObject(value)) {
      if (afterDefinite) throw pathNotFound;
      return;
    }
    const merged: [string, unknown][] = [];
    for (const { name, read } of readers) {
      const member = read(value);
      if (member === undefined) {
        if (run.demanding) throw pathNotFound;
      } else if (next) {
        next(member, run);
      } else {
        merged.push([name, member]);
      }
    }
    if (!next) run.results.push(objectOf(merged));
  };
};

export const wildcardStep =
  ({ next }: StepPlace, counts: ScanFilter | null): Step =>
  (value, run) => {
    if (Array.isArray(value)) {
      for (const element of value) {
        try {
          arrive(element, run, next);
        } catch (error) {
          if (isOutOfBounds(error)) continue;
          if (error !== pathNotFound || run.demanding) throw error;
        }
      }
    } else if (isObject(value)) {
      for (const member of membersOf(value)) {
        if (next) next(member, run);
        else if (!counts || counts(run)) run.results.push(member);
      }
    }
  };

/** Goes to an element, if there is one; an index below zero counts from the end. */
export const toElement = (list: readonly unknown[], index: number, run: Run, next: Step | null): void => {
  const from = index < 0 ? list.length + index : index;
  if (from < 0 || from >= list.length) return;
  if (!next) {
    run.results.push(list[from]);
    return;
  }
  try {
    next(list[from], run);
  } catch (error) {
    // To Jayway it is the same whether the list or a function behind it ran out of elements.
    if (!isOutOfBounds(error)) throw error;
  }
};

const isOutOfBounds = (error: unknown): boolean => error instanceof JsonPathError && error.reason === 'out of bounds';
