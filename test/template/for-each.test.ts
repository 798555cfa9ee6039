import { describe, expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const transform = 'Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]\n';
const read = (text: string, options?: Parameters<typeof readInline>[1]) =>
  readInline(transform + text, options).application;
const problems = (text: string): readonly string[] => shown(problemsOf(transform + text));

describe('Fn::ForEach', () => {
  test('makes resources and outputs of a list, its identifier in keys, texts and references', () => {
    const application = read(`
Resources:
  Fn::ForEach::Tables:
    - Name
    - [Lots, Bids]
    - \${Name}Table:
        Type: AWS::DynamoDB::Table
        DependsOn: \${Name}Topic
        Properties:
          TableName: !Sub auctions-\${Name}-\${AWS::Region}
          AttributeDefinitions: [{ AttributeName: !Ref Name, AttributeType: S }]
          KeySchema: [{ AttributeName: !Ref Name, KeyType: HASH }]
      \${Name}Topic: { Type: AWS::SNS::Topic }
Outputs:
  Fn::ForEach::Arns:
    - Name
    - [Lots, Bids]
    - \${Name}Arn: { Value: !GetAtt "\${Name}Table.Arn" }
      \${Name}Topic: { Value: { Ref: !Sub "\${Name}Topic" } }
      \${Name}Text: { Value: 'plain \${Name}' }
`);
    expect(application.tables.map(({ logicalId, name }) => [logicalId, name])).toEqual([
      ['LotsTable', 'auctions-Lots-us-east-1'],
      ['BidsTable', 'auctions-Bids-us-east-1'],
    ]);
    expect(application.outputs).toEqual({
      LotsArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/auctions-Lots-us-east-1',
      LotsTopic: 'arn:aws:sns:us-east-1:123456789012:test-LotsTopic',
      LotsText: 'plain Lots',
      BidsArn: 'arn:aws:dynamodb:us-east-1:123456789012:table/auctions-Bids-us-east-1',
      BidsTopic: 'arn:aws:sns:us-east-1:123456789012:test-BidsTopic',
      BidsText: 'plain Bids',
    });
  });

  test('loops stand in each other, and inside properties', () => {
    const application = read(`
Resources:
  Fn::ForEach::Outer:
    - Api
    - [Market, Bidding]
    - Fn::ForEach::Inner:
        - Kind
        - [Read, Write]
        - \${Api}\${Kind}:
            Type: AWS::Lambda::Function
            Properties:
              Runtime: nodejs24.x
              Handler: index.handler
              Role: arn:aws:iam::123456789012:role/r
              Code: { ZipFile: x }
              Environment:
                Variables:
                  Fn::ForEach::Variables:
                    - Key
                    - [A, B]
                    - \${Key}_OF_\${Kind}: !Sub "\${Api}-\${Key}"
`);
    expect(application.functions.map(({ logicalId, environment }) => [logicalId, environment])).toEqual([
      ['MarketRead', { A_OF_Read: 'Market-A', B_OF_Read: 'Market-B' }],
      ['MarketWrite', { A_OF_Write: 'Market-A', B_OF_Write: 'Market-B' }],
      ['BiddingRead', { A_OF_Read: 'Bidding-A', B_OF_Read: 'Bidding-B' }],
      ['BiddingWrite', { A_OF_Write: 'Bidding-A', B_OF_Write: 'Bidding-B' }],
    ]);
  });

  test('a collection is a parameter, a mapping, a split text or a choice of these', () => {
    const template = (collection: string): string => `
Parameters:
  Names: { Type: CommaDelimitedList, Default: 'a,b' }
  Text: { Type: String, Default: c|d }
Mappings: { Lists: { us-east-1: { names: [e, f] } } }
Conditions: { Never: !Equals [1, 2] }
Resources: { T: { Type: AWS::SNS::Topic } }
Outputs:
  Fn::ForEach::Loop: [Id, ${collection}, { "Out\${Id}": { Value: !Ref Id } }]
`;
    const values = (collection: string): readonly string[] => Object.values(read(template(collection)).outputs);
    expect(values('!Ref Names')).toEqual(['a', 'b']);
    expect(values('!FindInMap [Lists, !Ref AWS::Region, names]')).toEqual(['e', 'f']);
    expect(values('!Split ["|", !Ref Text]')).toEqual(['c', 'd']);
    expect(values('!If [Never, !Ref Names, [g, 7, !Ref "AWS::AccountId"]]')).toEqual(['g', '7', '123456789012']);
    expect(values('[]')).toEqual([]);
  });

  test('the collection of an inner loop may hang on the value of the outer one', () => {
    const { outputs } = read(`
Mappings: { Parts: { market: { of: [lots, bids] }, live: { of: [watch] } } }
Resources: { T: { Type: AWS::SNS::Topic } }
Outputs:
  Fn::ForEach::Apis:
    - Api
    - [market, live]
    - Fn::ForEach::Parts:
        - Part
        - !FindInMap [Parts, !Ref Api, of]
        - \${Api}\${Part}: { Value: !Sub "\${Api}/\${Part}" }
`);
    expect(outputs).toEqual({ marketlots: 'market/lots', marketbids: 'market/bids', livewatch: 'live/watch' });
  });

  test('&{Id} leaves all but letters and digits out', () => {
    const application = read(`
Resources:
  Fn::ForEach::Queues:
    - Host
    - [a.example.com, b-2.example.com]
    - Topic&{Host}: { Type: AWS::SNS::Topic, Properties: { TopicName: "&{Host}-x" } }
Outputs:
  A: { Value: !GetAtt Topicaexamplecom.TopicName }
  B: { Value: !Sub "\${Topicb2examplecom.TopicName}" }
`);
    expect(application.outputs).toEqual({ A: 'aexamplecom-x', B: 'b2examplecom-x' });
  });

  test('conditions come of loops too, and a loop may choose one by a mapping', () => {
    const application = read(`
Parameters: { HasA: { Type: String, Default: yes }, HasB: { Type: String, Default: no } }
Mappings: { Conditions: { Of: { B: IsB } } }
Conditions:
  Fn::ForEach::Is: [Id, [A, B], { "Is\${Id}": !Equals [!Ref { "Fn::Sub": "Has\${Id}" }, yes] }]
Resources:
  Fn::ForEach::T:
    - Id
    - [A, B]
    - Topic\${Id}:
        Type: AWS::SNS::Topic
        Condition: !FindInMap [Conditions, Of, !Ref Id, { DefaultValue: !Ref AWS::NoValue }]
Outputs:
  A: { Condition: IsA, Value: !Ref TopicA }
  B: { Condition: IsB, Value: !Ref TopicB }
`);
    expect(Object.keys(application.outputs)).toEqual(['A']);
  });

  test('SAM resources come of loops, with the API that their events ask for', () => {
    const application = read(`
Resources:
  Fn::ForEach::Functions:
    - Name
    - [lots, bids]
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: nodejs24.x
          Handler: index.handler
          InlineCode: x
          Events: { Get: { Type: Api, Properties: { Path: !Sub "/\${Name}", Method: get } } }
`);
    const [api] = application.apis;
    if (api?.kind !== 'REST') throw new Error('There is one REST API.');
    expect(api.deployments[0]!.definition.resources.map(({ path }) => path)).toEqual(['/', '/bids', '/lots']);
  });

  test('a file that is included into a body may name the identifier', () => {
    const text = `
Resources:
  Fn::ForEach::Topics:
    - Name
    - [a, b]
    - Topic\${Name}:
        Type: AWS::SNS::Topic
        Properties: { "Fn::Transform": { Name: AWS::Include, Parameters: { Location: topic.yaml } } }
Outputs: { A: { Value: !GetAtt Topica.TopicName } }
`;
    const files = { 'topic.yaml': 'TopicName: { "Fn::Sub": "${Name}-of-${AWS::Region}" }\n' };
    expect(read(text, { files }).outputs).toEqual({ A: 'a-of-us-east-1' });
  });

  test('a message about what a loop made leads to its body', () => {
    expect(
      problems(`Resources:
  Fn::ForEach::T:
    - Id
    - [A, B]
    - T\${Id}:
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Ref Nobody
`),
    ).toEqual(['9:27 Nobody is neither a parameter nor a resource of this template.']);
  });

  const topic = '{ Type: AWS::SNS::Topic }';
  test.each([
    [`[a b, [A], { "T\${Id}": ${topic} }]`, 'Fn::ForEach::T: "a b" is no identifier.'],
    [`[Id, [A]]`, 'Fn::ForEach::T takes an identifier, a collection and a map.'],
    [`[Id, A, { "T\${Id}": ${topic} }]`, 'The collection of Fn::ForEach::T is text, not a list.'],
    [`[Id, [[A]], { "T\${Id}": ${topic} }]`, 'The collection of Fn::ForEach::T holds a list.'],
    [
      `[Id, [!Ref Other], { "T\${Id}": ${topic} }]`,
      'The collection of Fn::ForEach::T refers to Other, which is no parameter.',
    ],
    [`[Id, !Ref Secret, { "T\${Id}": ${topic} }]`, 'The collection of Fn::ForEach::T holds a NoEcho parameter.'],
    [`[Id, [A], { T: ${topic} }]`, 'The key T of Fn::ForEach::T does not hold ${Id}.'],
    [`[Id, [A, A], { "T\${Id}": ${topic} }]`, 'Fn::ForEach::T makes TA, which is there already.'],
    [`[Id, [her], { "Ot\${Id}": ${topic} }]`, 'Fn::ForEach::T makes Other, which is there already.'],
    [`[Id, [a.b], { "T\${Id}": ${topic} }]`, 'Fn::ForEach::T makes Ta.b, which is no logical id.'],
    [`[Other, [A], { "T\${Other}": ${topic} }]`, 'Fn::ForEach::T: its identifier Other is the name of a resource too.'],
    [
      `[Secret, [A], { "T\${Secret}": ${topic} }]`,
      'Fn::ForEach::T: its identifier Secret is the name of a parameter too.',
    ],
    [
      `[Id, [A], { "Fn::ForEach::U": [Id, [B], { "T\${Id}": ${topic} }] }]`,
      'Fn::ForEach::U: its identifier Id is the identifier of a loop around it too.',
    ],
    [`[Id, [A], { "Fn::ForEach::T": [Jd, [B], { "T\${Jd}": ${topic} }] }]`, 'Two loops have the name T.'],
  ])('%s is refused', (loop, what) => {
    const text = `Parameters: { Secret: { Type: CommaDelimitedList, Default: a, NoEcho: true } }
Resources:
  Other: { Type: AWS::SNS::Topic }
  Fn::ForEach::T: ${loop}
`;
    const found = problemsOf(transform + text);
    expect(found.map((problem) => problem.what)).toContain(what);
    for (const { place, remedy } of found) {
      expect(place?.line).toBeGreaterThan(3);
      expect(remedy).not.toBe('');
    }
  });

  test('a loop has its place, its name and its transform', () => {
    const loop = (name: string): string => `Fn::ForEach::${name}: [Id, [A], { "T\${Id}": ${topic} }]`;
    expect(shown(problemsOf(`Resources: { ${loop('T')} }`))).toEqual([
      '1:14 Fn::ForEach::T needs the transform AWS::LanguageExtensions.',
    ]);
    expect(
      shown(
        problemsOf(`Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]\nResources: { ${loop('T')} }`),
      ),
    ).toEqual([
      '1:1 Fn::ForEach::T: AWS::Serverless-2016-10-31 stands first in Transform, and runs before loops are written out.',
    ]);
    expect(problems(`Mappings: { ${loop('T')} }\nResources: { Q: ${topic} }`)).toContain(
      '2:13 Fn::ForEach::T has no place in Mappings.',
    );
    expect(problems(`Resources: { Q: ${topic}, ${loop('Q')} }`)).toEqual([
      '2:44 Fn::ForEach::Q has the name of a resource.',
    ]);
    expect(problems(`Resources: { Fn::ForEach: [Id, [A], {}] }`)).toEqual([
      '2:14 Fn::ForEach has no name of letters and digits.',
    ]);
  });

  test('loops in loops in loops end', () => {
    const many = JSON.stringify(Array.from({ length: 40 }, (_, i) => `x${i}`));
    const nested = (depth: number, key: string): string =>
      depth === 0
        ? `{ "${key}": ${topic} }`
        : `{ "Fn::ForEach::L${depth}": [I${depth}, ${many}, ${nested(depth - 1, `${key}\${I${depth}}`)}] }`;
    expect(problems(`Resources: ${nested(5, 'T')}`)).toEqual([
      expect.stringMatching(/Fn::ForEach::L1 makes more than 5000 keys\.$/),
    ]);
    expect(problems(`Resources: ${nested(6, 'T').replaceAll(many, '[a]')}`)[0]).toContain(
      'Fn::ForEach::L1 stands in 5 other loops.',
    );
  });
});
