import { splitAttribute } from '../text/intrinsic-tags.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace } from '../text/positions.ts';
import { type Call, type IntrinsicFunction, removed } from './call.ts';
import { getAtt, ref } from './names.ts';
import { isPending } from './pending.ts';

/** `Fn::Sub` of a text, or of a text and a map of its own variables. `${!x}` stays as `${x}`. */
export const sub: IntrinsicFunction = (call) => {
  const [text, variables] = isList(call.args) ? call.args : [call.args, {}];
  const own = variables === undefined ? {} : call.evaluate(variables);
  if (typeof text !== 'string' || own === removed || !isMap(own)) {
    return call.refuse('Fn::Sub takes a text, or a list of a text and a map.', 'Write Fn::Sub: "…${Name}…".');
  }
  const parts: Plain[] = [];
  let pending = false;
  let from = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}/g)) {
    parts.push(text.slice(from, match.index));
    from = match.index + match[0].length;
    const name = match[1]!;
    if (name.startsWith('!')) {
      parts.push(`\${${name.slice(1)}}`);
      continue;
    }
    const value = variableOf(call, name.trim(), own);
    if (isPending(value)) pending = true;
    else if (typeof value === 'object') {
      return call.refuse(`\${${name}} of Fn::Sub must be text.`, 'Use Fn::Join to make a text of a list.');
    }
    parts.push(value);
  }
  parts.push(text.slice(from));
  return pending ? copyPlace(call.node, { 'Fn::Join': ['', copyPlace(call.node, parts)] }) : parts.join('');
};

const variableOf = (call: Call, name: string, own: PlainMap): Plain => {
  const variable = entry(own, name);
  if (variable !== undefined) return variable;
  const asRef: PlainMap = copyPlace(call.node, { Ref: name });
  const attribute = splitAttribute(name);
  const value =
    attribute[1] === '' || name.startsWith('AWS::')
      ? ref({ ...call, name: 'Ref', args: name, node: asRef })
      : getAtt({
          ...call,
          name: 'Fn::GetAtt',
          args: attribute,
          keep: (args) => copyPlace(call.node, { 'Fn::GetAtt': args }),
        });
  return value === removed ? '' : value;
};
