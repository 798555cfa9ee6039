import { entry, isMap, type Plain } from '../text/plain.ts';
import type { Call, IntrinsicFunction } from './call.ts';
import { isPending, pendingName } from './pending.ts';

export const importValue: IntrinsicFunction = (call) => {
  const name = call.arguments();
  if (isPending(name)) return refusePending(call, name);
  if (typeof name !== 'string') return call.refuse('Fn::ImportValue takes a name.', 'Write Fn::ImportValue: name.');
  return exported(call, name);
};

/** An output of another stack, exported or not: `stack.Output` in the file of values, which no export can be called. */
export const getStackOutput: IntrinsicFunction = (call) => {
  const args = call.arguments();
  const given = isMap(args) ? args : {};
  const { StackName: stack = null, OutputName: output = null } = given;
  if (isPending([stack, output])) return refusePending(call, [stack, output]);
  const isOdd = Object.keys(given).some((key) => !stackOutputKeys.includes(key));
  if (typeof stack !== 'string' || typeof output !== 'string' || isOdd) {
    return call.refuse(
      'Fn::GetStackOutput takes a StackName and an OutputName, and perhaps a Region and a RoleArn.',
      'Write Fn::GetStackOutput: {StackName: name, OutputName: Name}.',
    );
  }
  return exported(call, `${stack}.${output}`);
};
const stackOutputKeys = ['StackName', 'OutputName', 'Region', 'RoleArn'];

/** For a value that was not given stands a text that no name, ARN or URL equals, and `check` says so. */
const exported = (call: Call, name: string): string => {
  const value = entry(call.scope.exports, name);
  if (value !== undefined) return String(value);
  const standIn = `{{import:${name}}}`;
  call.scope.standIns.add(standIn);
  return standIn;
};

const refusePending = (call: Call, name: Plain): Plain =>
  call.refuse(
    `${call.name} refers to ${pendingName(name)}, which is no parameter.`,
    'Build the name of texts, parameters and pseudo parameters.',
  );
