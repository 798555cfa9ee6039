import { Buffer } from 'node:buffer';

/**
 * A second evaluator of intrinsic functions, for one small template whose names it knows by heart: written from AWS's
 * pages, as plainly as can be, and from nothing in the gateway.
 */
export type Expression = string | number | readonly Expression[] | { readonly [key: string]: Expression };

const names: Readonly<Record<string, Value>> = {
  Text: 'alpha',
  Number: '7',
  List: ['one', 'two', 'three'],
  Topic: 'arn:aws:sns:us-east-1:123456789012:test-Topic',
  'Topic.TopicName': 'test-Topic',
  'AWS::Region': 'us-east-1',
  'AWS::StackName': 'test',
};
const maps: Readonly<Record<string, Readonly<Record<string, Value>>>> = {
  first: { a: 'x', b: 'y' },
  alpha: { a: ['p', 'q'], b: 3 },
};
const holds: Readonly<Record<string, boolean>> = { Yes: true, No: false };

type Value = string | number | undefined | readonly Value[] | { readonly [key: string]: Value };

export const simply = (expression: Expression): string => String(resolved(expression));

const resolved = (expression: Expression): Value => {
  if (typeof expression !== 'object') return expression;
  if (Array.isArray(expression)) return expression.map(resolved).filter((item) => item !== undefined);
  const map = expression as { readonly [key: string]: Expression };
  const [name] = Object.keys(map) as [string];
  const args = map[name] as Expression;
  const given = Array.isArray(args) ? (args as readonly Expression[]) : [args];
  switch (name) {
    case 'Ref':
      return args === 'AWS::NoValue' ? undefined : names[String(resolved(args))];
    case 'Fn::GetAtt':
      return names[given.join('.')];
    case 'Fn::Join':
      return (resolved(given[1]!) as readonly Value[]).join(String(given[0]));
    case 'Fn::Split':
      return String(resolved(given[1]!)).split(String(given[0]));
    case 'Fn::Select':
      return (resolved(given[1]!) as readonly Value[])[Number(given[0])];
    case 'Fn::Base64':
      return Buffer.from(String(resolved(args)), 'utf8').toString('base64');
    case 'Fn::If':
      return resolved(holds[String(given[0])] ? given[1]! : given[2]!);
    case 'Fn::GetAZs':
      return ['us-east-1a', 'us-east-1b', 'us-east-1c'];
    case 'Fn::Cidr':
      return ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'];
    case 'Fn::Length':
      return (resolved(args) as readonly Value[]).length;
    case 'Fn::ToJsonString':
      return JSON.stringify(resolved(args));
    case 'Fn::FindInMap': {
      const found = maps[String(resolved(given[1]!))]?.[String(resolved(given[2]!))];
      return found ?? resolved((given[3] as { readonly DefaultValue: Expression }).DefaultValue);
    }
    case 'Fn::Sub':
      return filled(String(given[0]), (given[1] ?? {}) as { readonly [key: string]: Expression });
    default:
      return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, resolved(value)]));
  }
};

/** A text's variables, one after the other from its start. */
const filled = (text: string, own: { readonly [key: string]: Expression }): string => {
  const start = text.indexOf('${');
  const end = text.indexOf('}', start);
  if (start < 0 || end < 0) return text;
  const name = text.slice(start + 2, end);
  const value = name.startsWith('!')
    ? `\${${name.slice(1)}}`
    : Object.hasOwn(own, name)
      ? resolved(own[name]!)
      : names[name];
  return text.slice(0, start) + String(value) + filled(text.slice(end + 1), own);
};
