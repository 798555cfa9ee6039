import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readInline } from './inline-template.ts';
import { type Expression, simply } from './simple-evaluator.ts';

/** The template that the simple evaluator knows by heart. */
const template = {
  Transform: 'AWS::LanguageExtensions',
  Parameters: {
    Text: { Type: 'String', Default: 'alpha' },
    Number: { Type: 'Number', Default: 7 },
    List: { Type: 'CommaDelimitedList', Default: 'one,two,three' },
  },
  Mappings: { Map: { first: { a: 'x', b: 'y' }, alpha: { a: ['p', 'q'], b: 3 } } },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Text' }, 'alpha'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
  },
  Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
};

const word = fc.constantFrom('', 'a', 'b', 'first', 'x-y', '${literal', 'é', '1', 'a,b', 'p|q');
const condition = fc.constantFrom('Yes', 'No');

/** Expressions that give a text and such that give a list, each built of the other. */
const { text } = fc.letrec<{ text: Expression; list: Expression }>((tie) => ({
  text: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    word,
    fc.constantFrom<Expression>(
      { Ref: 'Text' },
      { Ref: 'Number' },
      { Ref: 'AWS::Region' },
      { Ref: 'AWS::StackName' },
      { 'Fn::GetAtt': ['Topic', 'TopicName'] },
      { 'Fn::GetAtt': 'Topic.TopicName' },
      { Ref: { 'Fn::Join': ['', ['Te', 'xt']] } },
    ),
    fc.tuple(word, tie('list')).map(([delimiter, items]) => ({ 'Fn::Join': [delimiter, items] })),
    fc.tuple(tie('text'), tie('text'), word).map(([one, two, between]) => ({
      'Fn::Sub': [`\${One}${between.replace('$', '')}\${Two}\${AWS::Region}\${!One}`, { One: one, Two: two }],
    })),
    fc
      .constantFrom('${Text}', '${Topic.TopicName}/${Number}', '${!Text}-${Text}')
      .map((given) => ({ 'Fn::Sub': given })),
    tie('text').map((value) => ({ 'Fn::Base64': value })),
    fc.tuple(condition, tie('text'), tie('text')).map(([name, yes, no]) => ({ 'Fn::If': [name, yes, no] })),
    fc
      .tuple(fc.constantFrom('first', 'none'), fc.constantFrom('a', 'c'), tie('text'))
      .map(([first, second, fallback]) => ({ 'Fn::FindInMap': ['Map', first, second, { DefaultValue: fallback }] })),
    fc.tuple(fc.nat(2), tie('text'), tie('list')).map(([index, item, items]) => ({
      'Fn::Select': [String(index), [item, { 'Fn::Join': [',', items] }, { Ref: 'Number' }]],
    })),
    tie('list').map((items) => ({ 'Fn::ToJsonString': { Items: items, Length: { 'Fn::Length': items } } })),
  ),
  list: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<Expression>({ Ref: 'List' }, { 'Fn::FindInMap': ['Map', { Ref: 'Text' }, 'a'] }),
    fc.array(fc.oneof(tie('text'), fc.constant<Expression>({ Ref: 'AWS::NoValue' })), { maxLength: 4 }),
    fc
      .tuple(condition, tie('text'))
      .map(([name, value]) => [value, { 'Fn::If': [name, value, { Ref: 'AWS::NoValue' }] }]),
    fc
      .tuple(fc.constantFrom(',', '|', 'a'), tie('text'))
      .map(([delimiter, value]) => ({ 'Fn::Split': [delimiter, value] })),
    fc.tuple(condition, tie('list'), tie('list')).map(([name, yes, no]) => ({ 'Fn::If': [name, yes, no] })),
    fc.constantFrom<Expression>({ 'Fn::GetAZs': { Ref: 'AWS::Region' } }, { 'Fn::Cidr': ['10.0.0.0/16', 3, 8] }),
  ),
}));

test('random nestings of intrinsics come to what a second, simple evaluator says', () => {
  // A template holds many at a time, so that thousands are tried in a second or two.
  const many = fc.array(text, { minLength: 1, maxLength: 60, size: 'max' });
  fc.assert(
    fc.property(many, (values) => {
      const Outputs = Object.fromEntries(values.map((Value, i) => [`X${i}`, { Value }]));
      const { outputs } = readInline(JSON.stringify({ ...template, Outputs }), { name: 'template.json' }).application;
      expect(Object.values(outputs)).toEqual(values.map(simply));
    }),
    { numRuns: 100, seed: 20_261_124 },
  );
});
