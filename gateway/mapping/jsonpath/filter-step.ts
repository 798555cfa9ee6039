import { JavaList } from '../vtl/values/value.ts';
import { JsonPathError, pathNotFound } from './errors.ts';
import type { FilterExpression, Operand } from './filter-expression.ts';
import { comparisonOf } from './filter-operator.ts';
import { type FilterValue, WrittenJson, WrittenPattern, withoutQuotes } from './filter-value.ts';
import { isObject } from './json-value.ts';
import { toElement } from './member-steps.ts';
import { arrive, type Run, type Step, type StepPlace } from './step.ts';

/** Whether a filter lets a value pass, and reads one side of a comparison. */
type Test = (item: unknown, run: Run) => boolean;
type Side = (item: unknown, run: Run) => FilterValue;

export const filterStep = (expression: FilterExpression, place: StepPlace): Step => {
  const accepts = acceptsOf(expression, place);
  return (value, run) => {
    if (Array.isArray(value)) {
      value.forEach((element, index) => {
        if (accepts(element, run)) toElement(value, index, run, place.next);
      });
    } else if (isObject(value)) {
      if (accepts(value, run)) arrive(value, run, place.next);
    } else if (place.afterDefinite) {
      throw new JsonPathError('a filter takes a list or an object', 'invalid');
    }
  };
};

/** A comparison that makes no sense, and a path that ends in nothing where it must not, let the value not pass. */
export const acceptsOf = (expression: FilterExpression, place: StepPlace): Test => {
  const test = compileTest(expression, place);
  return (item, run) => {
    try {
      return test(item, run);
    } catch (error) {
      if (error === pathNotFound || (error instanceof JsonPathError && error.reason === 'invalid')) return false;
      throw error;
    }
  };
};

const compileTest = (expression: FilterExpression, place: StepPlace): Test => {
  switch (expression.kind) {
    case 'or': {
      const tests = expression.operands.map((operand) => compileTest(operand, place));
      return (item, run) => tests.some((test) => test(item, run));
    }
    case 'and': {
      const tests = expression.operands.map((operand) => compileTest(operand, place));
      return (item, run) => tests.every((test) => test(item, run));
    }
    case 'not': {
      const test = compileTest(expression.operand, place);
      return (item, run) => !test(item, run);
    }
    case 'exists': {
      const path = place.compile(expression.path);
      // It is looked for in the item, also where the path begins with '$'.
      return (item, run) => path.exists(item, run.root) === expression.wanted;
    }
    case 'relation': {
      const left = compileSide(expression.left, place);
      const right = compileSide(expression.right, place);
      const compare = comparisonOf(expression.operator, place.dialect);
      return (item, run) => compare(left(item, run), right(item, run));
    }
  }
};

const compileSide = (operand: Operand, { compile, dialect }: StepPlace): Side => {
  switch (operand.kind) {
    case 'value':
      return () => operand.value;
    case 'json': {
      const json = new WrittenJson(operand.json);
      return () => json;
    }
    case 'pattern': {
      const pattern = new WrittenPattern(operand.pattern);
      return () => pattern;
    }
    case 'path': {
      const path = compile(operand.path);
      const isRoot = operand.path.root === '$';
      return (item, run) => {
        const value = path.find(isRoot ? run.root : item, run.root);
        if (value instanceof JavaList) throw new JsonPathError('a filter compares no sets');
        return typeof value === 'string' && dialect.stripsQuotes ? withoutQuotes(value) : value;
      };
    }
  }
};
