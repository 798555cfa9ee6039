import { formatPlace, type Place } from './model/place.ts';

/** Something wrong that a person must mend: what, where, and what to do. */
export type Problem = {
  readonly what: string;
  readonly place: Place | null;
  readonly remedy: string;
};

/** Thrown where the gateway cannot go on. Its text is all a user needs; its stack is never shown. */
export class GavelError extends Error {
  readonly problems: readonly Problem[];
  constructor(...problems: readonly Problem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'GavelError';
    this.problems = problems;
  }
}

export const formatProblem = (problem: Problem): string =>
  `${problem.place ? `${formatPlace(problem.place)}: ` : ''}${problem.what}${problem.remedy ? `\n  ${problem.remedy}` : ''}`;
