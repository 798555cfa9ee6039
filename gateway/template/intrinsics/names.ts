import { didYouMean } from '../problems.ts';
import { splitAttribute } from '../text/intrinsic-tags.ts';
import { isList } from '../text/plain.ts';
import { type Call, type IntrinsicFunction, later, removed } from './call.ts';
import { isPending } from './pending.ts';

export const ref: IntrinsicFunction = (call) => {
  const name = call.args;
  if (typeof name !== 'string') return call.refuse('Ref takes a name.', 'Write Ref: LogicalId.');
  const value = call.lookup.ref(name);
  if (value === later) return call.node;
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
  const [logicalId, raw] = isList(args) ? args : [];
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
    return call.refuse(
      `${logicalId}.${attribute} is not there to get.`,
      logicalId === 'stageVariables'
        ? `Inside Fn::Sub a stage variable is written \${!stageVariables.${attribute}}.`
        : missing(call, logicalId, 'Mend the logical id or the attribute'),
    );
  }
  return value;
};

const missing = (call: Call, name: string, remedy: string): string => {
  const made = /^(\w+)\.(Alias|Version)$/.exec(name);
  if (made) return `SAM makes it where ${made[1]} has AutoPublishAlias.`;
  const known = [...call.lookup.names()];
  const isKnown = known.includes(name);
  return `${remedy} (a resource whose Condition is false does not exist).${isKnown ? '' : didYouMean(name, known)}`;
};
