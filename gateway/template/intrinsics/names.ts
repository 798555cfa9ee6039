import { didYouMean } from '../problems.ts';
import { splitAttribute } from '../text/intrinsic-tags.ts';
import { isList, isMap, type Plain } from '../text/plain.ts';
import { type Call, type IntrinsicFunction, later, removed } from './call.ts';
import { withoutExtensions } from './language-extensions.ts';
import { isPending } from './pending.ts';

export const ref: IntrinsicFunction = (call) => {
  const { args } = call;
  if (typeof args !== 'string' && !isMap(args)) return call.refuse('Ref takes a name.', 'Write Ref: LogicalId.');
  const name = isMap(args) ? nameOf(call, args, 'Ref') : args;
  if (name === null) return '';
  const value = call.lookup.ref(name);
  if (value === later) return name === args ? call.node : call.keep(name);
  if (value === undefined) {
    return call.refuse(
      `${name} is neither a parameter nor a resource of this template.`,
      missing(call, name, `Mend the name, or declare it`),
    );
  }
  return value;
};

export const getAtt: IntrinsicFunction = (call) => {
  const args = typeof call.args === 'string' ? splitAttribute(call.args) : call.args;
  const [first, raw] = isList(args) ? args : [];
  const logicalId = first !== undefined && isMap(first) ? nameOf(call, first, 'Fn::GetAtt') : first;
  if (logicalId === null) return '';
  const attribute =
    raw === undefined ? null : call.evaluate(isList(args) && args.length > 2 ? args.slice(1).join('.') : raw);
  if (typeof logicalId !== 'string' || attribute === null || attribute === removed || attribute === '') {
    return call.refuse('Fn::GetAtt takes a logical id and an attribute.', 'Write Fn::GetAtt: [LogicalId, Attribute].');
  }
  if (isPending(attribute)) return call.keep([logicalId, attribute]);
  if (typeof attribute !== 'string') return call.refuse("Fn::GetAtt's attribute must be text.", 'Write its name.');
  const value = call.lookup.getAtt(logicalId, attribute);
  if (value === later) return call.keep([logicalId, attribute]);
  if (value === undefined) {
    return call.refuse(`${logicalId}.${attribute} is not there to get.`, withoutAttribute(call, logicalId, attribute));
  }
  return value;
};

/** A logical id that a function gives: AWS::LanguageExtensions must know it before there are resources. */
const nameOf = (call: Call, given: Plain, where: string): string | null => {
  if (withoutExtensions(call, `A function inside ${where}`) !== null) return null;
  const name = call.evaluate(given);
  if (typeof name === 'string') return name;
  call.refuse(`The name inside ${where} does not come to a text.`, 'Build it of texts, parameters and mappings.');
  return null;
};

const withoutAttribute = (call: Call, logicalId: string, attribute: string): string => {
  if (logicalId === 'stageVariables')
    return `Inside Fn::Sub a stage variable is written \${!stageVariables.${attribute}}.`;
  const attributes = call.lookup.attributes(logicalId);
  if (attributes === null) return missing(call, logicalId, 'Mend the logical id or the attribute');
  const list = attributes.length === 0 ? 'no attributes' : attributes.join(', ');
  return `${logicalId} has ${list}.${didYouMean(attribute, attributes)}`;
};

const missing = (call: Call, name: string, remedy: string): string => {
  const made = /^(\w+)\.(Alias|Version)$/.exec(name);
  if (made) return `SAM makes it where ${made[1]} has AutoPublishAlias.`;
  const known = [...call.lookup.names()];
  const isKnown = known.includes(name);
  return `${remedy} (a resource whose Condition is false does not exist).${isKnown ? '' : didYouMean(name, known)}`;
};
