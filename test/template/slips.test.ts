import { expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

/** A function and an API of SAM with one slip in them. */
const sam = (slip: { fn?: string; event?: string; auth?: string; more?: string }): string =>
  `Transform: AWS::Serverless-2016-10-31
Resources:
  Fn:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: x${slip.fn ?? ''} }
${
  slip.event === undefined && slip.auth === undefined
    ? ''
    : `  Api: { Type: AWS::Serverless::Api, Properties: { StageName: dev, Auth: ${slip.auth ?? '{}'} } }
  Caller:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: x
      Events: { Get: ${slip.event ?? '{ Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: get } }'} }
`
}${slip.more ?? ''}`;
const event = (auth: string): string =>
  `{ Type: Api, Properties: { RestApiId: !Ref Api, Path: /a, Method: get, Auth: ${auth} } }`;
const raw = (properties: string, more = ''): string => `Resources:
  Api: { Type: AWS::ApiGatewayV2::Api, Properties: { Name: x, ${properties} } }
${more}`;

test.each([
  ['Handlr', sam({}).replace('Handler', 'Handlr'), 'Handlr is no property of AWS::Serverless::Function.', 'Handler'],
  ['CodeURI', sam({ fn: ', CodeURI: src' }), 'CodeURI is no property of AWS::Serverless::Function.', 'CodeUri'],
  [
    'Propertes',
    sam({}).replace('Properties', 'Propertes'),
    'Fn has Propertes, which is no attribute of a resource.',
    'Properties',
  ],
  ['Funtion', sam({}).replace('Function', 'Funtion'), 'Fn: SAM has no type AWS::Serverless::Funtion.', 'Function'],
  ['Resource', sam({}).replace('Resources', 'Resource'), 'The template has no Resources.', 'Or is Resource meant'],
  [
    'Strng',
    'Parameters: { A: { Type: Strng, Default: x } }\nResources: {}',
    'The parameter A has the Type Strng.',
    'String',
  ],
  ['Apii', sam({ event: '{ Type: Apii }' }), 'The event Get has the Type Apii, which SAM does not know.', 'Api'],
  [
    'gett',
    sam({ event: '{ Type: Api, Properties: { Path: /a, Method: gett } }' }),
    'The event Get has the Method GETT.',
    'get',
  ],
  [
    'no slash',
    sam({ event: '{ Type: Api, Properties: { Path: a, Method: get } }' }),
    'The Path of the event Get does not start with a slash.',
    'Write /a.',
  ],
  ['a list of events', sam({ fn: ', Events: [a]' }), 'Events of Fn must be a map, not a list.', 'name'],
  [
    'Fnn',
    sam({ more: 'Outputs: { A: { Value: !Ref Fnn } }' }),
    'Fnn is neither a parameter nor a resource of this template.',
    'Did you mean Fn?',
  ],
  [
    'Fn.Alias',
    sam({ more: 'Outputs: { A: { Value: !Ref Fn.Alias } }' }),
    'Fn.Alias is neither a parameter nor a resource of this template.',
    'AutoPublishAlias',
  ],
  [
    'stageVariables',
    sam({ more: 'Outputs: { A: { Value: !Sub "${stageVariables.a}" } }' }),
    'stageVariables.a is not there to get.',
    '${!stageVariables.a}',
  ],
  ['Outputs', `${sam({})}Outputs: []`, 'The section Outputs must be a map, not a list.', 'name'],
  [
    'a text for a definition',
    sam({ more: '  A: { Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionBody: text } }' }),
    'DefinitionBody of A must be a map, not text.',
    'Mend',
  ],
  [
    'a folder for a definition',
    sam({ more: '  A: { Type: AWS::Serverless::Api, Properties: { StageName: p, DefinitionUri: . } }' }),
    'DefinitionUri: there is no file . on this disk.',
    'file',
  ],
  [
    'a stage',
    sam({ more: '  A: { Type: AWS::Serverless::Api, Properties: { StageName: a b } }' }),
    '"a b" is no name for a stage.',
    'letters',
  ],
  [
    'a stage variable',
    sam({ more: '  A: { Type: AWS::Serverless::Api, Properties: { StageName: p, Variables: { a: x y } } }' }),
    'The stage variable a is "x y".',
    'letters',
  ],
  ['TCP', raw('ProtocolType: TCP'), 'ProtocolType of Api is "TCP".', 'WEBSOCKET'],
  ['no protocol', raw('Description: x'), 'Api has no ProtocolType.', 'ProtocolType'],
  [
    'a target',
    raw(
      'ProtocolType: HTTP',
      '  R: { Type: AWS::ApiGatewayV2::Route, Properties: { ApiId: !Ref Api, RouteKey: GET /, Target: integrations/x } }',
    ),
    'The Target of the route GET / is no integration of its API.',
    'integrations/',
  ],
])('a slip is named with its place and a remedy: %s', (_, template, what, remedy) => {
  const problems = problemsOf(template);
  expect(problems.map((problem) => problem.what)).toContain(what);
  const problem = problems.find((candidate) => candidate.what === what)!;
  expect(problem.place).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
  expect(problem.remedy).toContain(remedy);
});

// Each of these would be an open method if the odd value counted as absent.
test.each([
  ['Auth that is a name', sam({ auth: 'LambdaAuth' }), 'Auth of Api must be a map, not text.'],
  [
    'a default that is a reference',
    sam({ auth: '{ DefaultAuthorizer: !Ref Fn }' }),
    "DefaultAuthorizer of Api's Auth must be text, not a map.",
  ],
  [
    'an authorizer that is a reference',
    sam({ event: event('{ Authorizer: !Ref Fn }') }),
    'Authorizer of the event Get must be text, not a map.',
  ],
  [
    'an authorizer that is not declared',
    sam({ event: event('{ Authorizer: Nobody }') }),
    'The event Get names the authorizer Nobody, which Api does not have.',
  ],
])('access that cannot be read is refused, never open: %s', (_, template, what) => {
  expect(problemsOf(template).map((problem) => problem.what)).toContain(what);
});

test('security in OpenAPI that is no map is refused', () => {
  const template = sam({
    more: `  Own:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      DefinitionBody:
        openapi: 3.0.1
        paths: { /a: { get: { security: [token], x-amazon-apigateway-integration: { type: mock } } } }
`,
  });
  expect(shown(problemsOf(template))).toEqual(['12:31 Each item of security must be a map.']);
});

test('ApiKeyRequired: yes is a yes', () => {
  const { application } = readInline(sam({ auth: '{ ApiKeyRequired: yes }' }));
  const [api] = application.apis;
  if (api?.kind !== 'REST') throw new Error('The template has one REST API.');
  const methods = api.deployments[0]!.definition.resources.flatMap((resource) => resource.methods);
  expect(methods.map((method) => method.apiKeyRequired)).toEqual([true]);
});

test('DependsOn may name what SAM makes, and nothing that nobody makes', () => {
  const withStage = (name: string): string =>
    sam({ auth: '{}', more: `  Topic: { Type: AWS::SNS::Topic, DependsOn: ${name} }\n` });
  expect(readInline(withStage('ApidevStage')).application.apis).toHaveLength(1);
  expect(shown(problemsOf(withStage('ApidebStage')))).toEqual([
    '14:35 Topic depends on ApidebStage, which is no resource of this template.',
  ]);
});

test('DependsOn takes no function', () => {
  expect(shown(problemsOf(sam({ more: '  Topic: { Type: AWS::SNS::Topic, DependsOn: !Ref Fn }\n' })))).toEqual([
    expect.stringContaining('DependsOn of Topic must be the names of resources, not a map.'),
  ]);
});

test('what a parser says after its first stumble is kept back', () => {
  expect(problemsOf('Resources: { A: { Type: [x } }\n')).toHaveLength(1);
});

test('names of JavaScript are ordinary names in a template', () => {
  const what = problemsOf(sam({ event: '{ Type: constructor }' })).map((problem) => problem.what);
  expect(what).toEqual(['The event Get has the Type constructor, which SAM does not know.']);
  expect(readInline('Resources: { A: { Type: constructor } }').support).toMatchObject([{ level: 'not honoured' }]);
});
