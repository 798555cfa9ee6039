import { JsonPathError } from './errors.ts';
import { lenientJson } from './lenient-json.ts';
import { type Argument, pathFunctions } from './path-function.ts';
import type { FunctionParameter, FunctionToken } from './path-token.ts';
import type { Run, Step, StepPlace } from './step.ts';

export const functionStep = ({ name, parameters }: FunctionToken, place: StepPlace): Step => {
  const { next, dialect } = place;
  const call = dialect.functions.has(name) ? pathFunctions[name] : undefined;
  if (!call) {
    return () => {
      throw new JsonPathError(`there is no function '${name}'`, 'invalid');
    };
  }
  const readers = parameters.map((parameter) => parameterReader(parameter, place));
  const takesParameters = dialect.functionsTakeScans || (name !== 'length' && name !== 'size');
  return (model, run) => {
    const given = readers.map((read) => read(model, run));
    const result = call(model, takesParameters ? given : []);
    run.results.push(result);
    next?.(result, run);
  };
};

const parameterReader = (parameter: FunctionParameter, place: StepPlace): ((model: unknown, run: Run) => Argument) => {
  if (parameter.kind === 'json') {
    const json = lenientJson(parameter.text);
    if ('failure' in json) {
      return () => {
        throw new JsonPathError(json.failure);
      };
    }
    return () => ({ value: json.value, children: null });
  }
  const path = place.compile(parameter.path);
  const last = parameter.path.tokens.at(-1);
  const children = !last || last.kind === 'function' ? path : place.compile(parameter.path, true);
  return (model, run) => ({
    value: path.evaluate(run.root, run.root),
    children: () => children.evaluate(model, model),
  });
};
