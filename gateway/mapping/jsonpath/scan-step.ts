import { JsonPathError } from './errors.ts';
import { acceptsOf } from './filter-step.ts';
import { isObject, memberReader, membersOf } from './json-value.ts';
import type { PathToken } from './path-token.ts';
import type { Run, Step, StepPlace } from './step.ts';

/**
 * `..` and the step after it. That step is taken from every object it can be taken from. Of a list it is taken only at
 * the end of a path: before it, Jayway goes on from each element of a list that the step could be taken from.
 */
export const scanStep = (token: PathToken, place: StepPlace, afterStep: Step | null, keepsIndex: boolean): Step => {
  const step = place.next!;
  const takes = takesStep(token, place, afterStep === null);
  const visit = (value: unknown, run: Run): void => {
    if (Array.isArray(value)) {
      if (takes(value, run)) {
        if (afterStep) {
          value.forEach((element, index) => {
            if (keepsIndex) run.scanned = index;
            afterStep(element, run);
          });
        } else {
          step(value, run);
        }
      }
      for (const element of value) visit(element, run);
    } else if (isObject(value)) {
      if (takes(value, run)) step(value, run);
      for (const member of membersOf(value)) visit(member, run);
    }
  };
  return visit;
};

export const scanOfNothing: Step = () => {
  throw new JsonPathError("nothing follows '..'");
};

const takesStep = (token: PathToken, place: StepPlace, isLast: boolean): ((value: object, run: Run) => boolean) => {
  switch (token.kind) {
    case 'property': {
      if (!isLast && token.names.length > 1) return (value) => isObject(value);
      const readers = token.names.map(memberReader);
      return (value) => isObject(value) && readers.every((read) => read(value) !== undefined);
    }
    case 'index':
    case 'slice':
      return (value) => Array.isArray(value);
    case 'wildcard':
      return () => true;
    case 'filter':
      return acceptsOf(token.expression, place);
    default:
      return () => false;
  }
};
