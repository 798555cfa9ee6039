import type { Dialect } from '../dialect.ts';
import type { Binary, Expression } from '../syntax/nodes.ts';
import { asNumber, calculate, compareNumbers, JavaArithmeticError, negate } from '../values/arithmetic.ts';
import { equal, isTrue } from '../values/equality.ts';
import { type JavaNumber, numberKind, toInt } from '../values/numbers.ts';
import { toText } from '../values/text.ts';
import { DefinedBlock, JavaList, type Value } from '../values/value.ts';
import { type Compiler, fail } from './compiler.ts';
import { compileReference } from './reference.ts';
import { type Evaluate, renderApart, type Test } from './state.ts';
import { compileNodes } from './statements.ts';

export const compileValue = (compiler: Compiler, expression: Expression): Evaluate => {
  switch (expression.kind) {
    case 'constant': {
      const { value } = expression;
      return () => value;
    }
    case 'interpolated': {
      const render = compileNodes(compiler, expression.nodes);
      return (state) => renderApart(state, render);
    }
    case 'list': {
      const items = expression.items.map((item) => compileValue(compiler, item));
      return (state) => new JavaList(items.map((item) => item(state)));
    }
    case 'map': {
      const entries = expression.entries.map((entry) => entry.map((part) => compileValue(compiler, part)));
      return (state) => new Map(entries.map(([key, value]) => [key!(state) ?? null, value!(state) ?? null]));
    }
    case 'range':
      return compileRange(compiler, expression);
    case 'reference':
      return compileReference(compiler, expression);
    case 'not': {
      const test = compileTest(compiler, expression.operand);
      return (state) => !test(state);
    }
    case 'negate': {
      const operand = compileValue(compiler, expression.operand);
      return (state) => {
        const number = asNumber(operand(state), true);
        return number === null ? null : negate(number);
      };
    }
    case 'binary':
      return compileBinary(compiler, expression);
  }
};

/** Whether an `#if` goes in. In 1.7 only references and what is true or false by nature ever do. */
export const compileTest = (compiler: Compiler, expression: Expression): Test => {
  const { dialect } = compiler;
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    const left = compileTest(compiler, expression.left);
    const right = compileTest(compiler, expression.right);
    return expression.operator === 'and'
      ? (state) => left(state) && right(state)
      : (state) => left(state) || right(state);
  }
  // Sums and ranges are never true, whatever they come to.
  if (expression.kind === 'range') return () => false;
  if (expression.kind === 'binary' && /[-+*/%]/.test(expression.operator)) return () => false;
  const evaluate = compileValue(compiler, expression);
  if (dialect.emptyIsFalse || expression.kind === 'reference') {
    return (state) => {
      const value = evaluate(state);
      return typeof value === 'boolean' ? value : isTrue(value, dialect);
    };
  }
  return (state) => evaluate(state) === true;
};

const compileRange = (compiler: Compiler, { from, to }: Expression & { kind: 'range' }): Evaluate => {
  const { dialect } = compiler;
  const first = compileValue(compiler, from);
  const last = compileValue(compiler, to);
  return (state) => {
    const one = asNumber(first(state), dialect.conversions);
    const other = asNumber(last(state), dialect.conversions);
    if (one === null || other === null) return null;
    const [start, end] = [toInt(one), toInt(other)];
    const step = start >= end ? -1 : 1;
    const length = Math.abs(end - start) + 1;
    // More than any loop takes; a process that fills it would fall.
    const shown = Math.min(length, 2 ** 20);
    return new JavaList(
      Array.from({ length: shown }, (_, at) => start + at * step),
      dialect.conversions ? 'fixed' : 'list',
    );
  };
};

const compileBinary = (compiler: Compiler, expression: Binary): Evaluate => {
  const { dialect } = compiler;
  const { operator } = expression;
  if (operator === 'and' || operator === 'or') return compileTest(compiler, expression);
  const left = compileValue(compiler, expression.left);
  const right = compileValue(compiler, expression.right);
  switch (operator) {
    case '==':
      return (state) => equal(left(state), right(state), dialect);
    case '!=':
      return (state) => !equal(left(state), right(state), dialect);
    case '<':
      return (state) => order(left(state), right(state), dialect) < 0;
    case '>':
      return (state) => order(left(state), right(state), dialect) > 0;
    case '<=':
      return (state) => order(left(state), right(state), dialect) <= 0;
    case '>=':
      return (state) => order(left(state), right(state), dialect) >= 0;
    case '+':
      return compileAdd(compiler, expression, left, right);
    default:
      return (state) => arithmetic(compiler, expression, left(state), right(state));
  }
};

/** NaN where the two have no order, so that every comparison of them is false. */
const order = (left: Value, right: Value, { conversions }: Dialect): number => {
  if (typeof left === 'string' && typeof right === 'string') return Number.NaN;
  const one = asNumber(left, conversions);
  const other = one === null ? null : asNumber(right, conversions);
  return one === null || other === null ? Number.NaN : compareNumbers(one, other);
};

const compileAdd = (compiler: Compiler, expression: Binary, left: Evaluate, right: Evaluate): Evaluate => {
  const literals = compiler.dialect.unresolved === 'literal';
  const leftLiteral = literals && expression.left.kind === 'reference' ? expression.left.literal : '';
  const rightLiteral = literals && expression.right.kind === 'reference' ? expression.right.literal : '';
  return (state) => {
    const one = left(state);
    const other = right(state);
    if (typeof one === 'number' && typeof other === 'number') {
      const sum = one + other;
      if (one === (one | 0) && other === (other | 0) && sum === (sum | 0)) return sum;
    }
    // A text on either side makes a text; a value that is missing on the other shows as it was written.
    if (typeof one === 'string' || typeof other === 'string') {
      return (
        (one === null || one === undefined ? leftLiteral : blockText(one)) +
        (other === null || other === undefined ? rightLiteral : blockText(other))
      );
    }
    return arithmetic(compiler, expression, one, other);
  };
};

const blockText = (value: Value): string => toText(value) ?? (value instanceof DefinedBlock ? 'null' : '');

const arithmetic = (compiler: Compiler, { operator, at }: Binary, left: Value, right: Value): Value => {
  const { conversions } = compiler.dialect;
  const one = numberKind(left) ? (left as JavaNumber) : asNumber(left, conversions);
  const other = numberKind(right) ? (right as JavaNumber) : asNumber(right, conversions);
  if (one === null || other === null) return null;
  try {
    return calculate(operator as '+', one, other, !conversions);
  } catch (error) {
    if (error instanceof JavaArithmeticError) return fail(compiler, error.message, at);
    throw error;
  }
};
