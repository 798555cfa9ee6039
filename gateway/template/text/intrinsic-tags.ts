import type { Plain } from './plain.ts';

const short = new Set([
  'Base64',
  'Cidr',
  'FindInMap',
  'GetAZs',
  'GetStackOutput',
  'ImportValue',
  'Join',
  'Select',
  'Split',
  'Sub',
  'Transform',
  'And',
  'Equals',
  'If',
  'Not',
  'Or',
  'Length',
  'ToJsonString',
  'ForEach',
]);

/** The tags that stand for intrinsic functions. */
export const shortForms: readonly string[] = ['Ref', 'Condition', 'GetAtt', ...short].map((name) => `!${name}`);

/** The long form of a short-form tag (`!Sub x` is `Fn::Sub: x`); null for a tag that CloudFormation does not know. */
export const longForm = (tag: string, value: Plain): { readonly [name: string]: Plain } | null => {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt') return { 'Fn::GetAtt': typeof value === 'string' ? splitAttribute(value) : value };
  return short.has(name) ? { [`Fn::${name}`]: value } : null;
};

/** `Logical.Attribute.More` parts at its first dot. */
export const splitAttribute = (text: string): readonly [string, string] => {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
};
