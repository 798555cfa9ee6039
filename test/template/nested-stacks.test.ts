import { expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const sam = 'Transform: AWS::Serverless-2016-10-31\n';

const shop = `${sam}Parameters:
  TableName: { Type: String }
  Stage: { Type: String, Default: dev }
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      CodeUri: orders
      Environment: { Variables: { TABLE: !Ref TableName, STACK: !Ref AWS::StackName } }
      Events: { Get: { Type: Api, Properties: { Path: /orders, Method: get, RestApiId: !Ref Shop } } }
  Shop: { Type: AWS::Serverless::Api, Properties: { StageName: !Ref Stage, OpenApiVersion: 3.0.1 } }
Outputs:
  ShopId: { Value: !Ref Shop }
`;

const parent = (nested: string): string => `${sam}Resources:
  Table: { Type: AWS::Serverless::SimpleTable }
${nested}
`;

const nestedShop = parent(`  Nested:
    Type: AWS::Serverless::Application
    Properties:
      Location: shop/template.yaml
      Parameters: { TableName: !Ref Table, Stage: prod }
  Reader:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: exports.handler = async () => ({})
      Environment: { Variables: { SHOP: !GetAtt Nested.Outputs.ShopId, STACK: !Ref Nested } }`);

const files = { 'shop/template.yaml': shop, 'shop/orders/index.js': 'exports.handler = async () => ({});' };

test('a nested application gives its APIs and functions to the whole', () => {
  const { application, support } = readInline(nestedShop, { files });
  expect(application.apis.map(({ logicalId, stages }) => [logicalId, stages.map(({ name }) => name)])).toEqual([
    ['Shop', ['prod']],
  ]);
  const [reader, orders] = application.functions;
  expect(application.functions.map((fn) => fn.logicalId)).toEqual(['Reader', 'Orders']);
  expect(orders?.environment.TABLE).toBe(application.tables[0]?.name);
  expect(orders?.environment.STACK).toMatch(/^test-Nested-[A-Z0-9]{12}$/);
  expect(orders?.name).toBe(`${orders?.environment.STACK}-Orders`);
  expect(orders?.code).toMatchObject({ kind: 'directory', dir: expect.stringMatching(/shop.orders$/) });
  expect(reader?.environment.SHOP).toBe(application.apis[0]?.id);
  expect(reader?.environment.STACK).toContain(`:stack/${orders?.environment.STACK}/`);
  expect(application.sourceFiles.some((file) => /shop.template\.yaml$/.test(file))).toBe(true);
  expect(support.filter(({ level }) => level === 'not honoured').map(({ property }) => property)).toEqual([]);
});

test('logical ids that two stacks have are told apart by the path', () => {
  const { application, support } = readInline(
    parent(`  Orders:
    Type: AWS::Serverless::Function
    Properties: { Runtime: nodejs24.x, Handler: index.handler, InlineCode: exports.handler = async () => 1 }
  One: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: shop/template.yaml, Parameters: { TableName: a } } }
  Two: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: shop/template.yaml, Parameters: { TableName: b } } }`),
    { files },
  );
  expect(application.functions.map((fn) => [fn.logicalId, fn.environment.TABLE])).toEqual([
    ['Orders', undefined],
    ['One/Orders', 'a'],
    ['Two/Orders', 'b'],
  ]);
  expect(application.apis.map(({ logicalId }) => logicalId)).toEqual(['Shop', 'Two/Shop']);
  expect(new Set(application.apis.map(({ id }) => id)).size).toBe(2);
  expect(support.some(({ logicalId, property }) => logicalId === 'Two/Orders' && property === 'CodeUri')).toBe(true);
});

test('a part of an API may stand in another stack than the API', () => {
  const { application, support } = readInline(
    `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: api } }
  Parts:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: parts.yaml
      Parameters: { Api: !Ref Api, Root: !GetAtt Api.RootResourceId }
  Deployment: { Type: AWS::ApiGateway::Deployment, DependsOn: Parts, Properties: { RestApiId: !Ref Api } }
  Stage:
    Type: AWS::ApiGateway::Stage
    Properties: { StageName: dev, RestApiId: !Ref Api, DeploymentId: !Ref Deployment }
`,
    {
      files: {
        'parts.yaml': `Parameters: { Api: { Type: String }, Root: { Type: String } }
Resources:
  Status: { Type: AWS::ApiGateway::Resource, Properties: { RestApiId: !Ref Api, ParentId: !Ref Root, PathPart: status } }
  Get:
    Type: AWS::ApiGateway::Method
    Properties:
      RestApiId: !Ref Api
      ResourceId: !Ref Status
      HttpMethod: GET
      AuthorizationType: NONE
      Integration: { Type: MOCK }
`,
      },
    },
  );
  const [api] = application.apis;
  expect(api?.kind === 'REST' && api.deployments[0]?.definition.resources.map(({ path }) => path)).toContain('/status');
  expect(support.filter(({ level }) => level === 'not honoured')).toEqual([]);
});

test('one nested stack takes what another one puts out, in either order', () => {
  const give = 'Resources: { T: { Type: AWS::SNS::Topic } }\nOutputs: { Name: { Value: given } }\n';
  const take =
    'Parameters: { P: { Type: String } }\nResources: { T: { Type: AWS::SNS::Topic } }\nOutputs: { Got: { Value: !Ref P } }\n';
  const { application } = readInline(
    `Resources:
  Take: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: take.yaml, Parameters: { P: !GetAtt Give.Outputs.Name } } }
  Give: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./give.yaml } }
Outputs: { Got: { Value: !GetAtt Take.Outputs.Got } }
`,
    { files: { 'give.yaml': give, 'take.yaml': take } },
  );
  expect(application.outputs).toEqual({ Got: 'given' });
});

test('a template that is elsewhere is reported, and its outputs are stand-ins', () => {
  const { application, support } = readInline(`${sam}Resources:
  Remote: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://s3.amazonaws.com/b/t.yaml } }
  Bought:
    Type: AWS::Serverless::Application
    Properties: { Location: { ApplicationId: arn:aws:serverlessrepo:us-east-1:1:applications/a, SemanticVersion: 1.0.0 } }
Outputs: { Name: { Value: !GetAtt Remote.Outputs.Name } }
`);
  expect(application.outputs.Name).toMatch(/Remote/);
  const lines = support.filter(({ level }) => level === 'not honoured');
  expect(lines.map(({ logicalId, property, place }) => [logicalId, property, place.line])).toEqual([
    ['Remote', 'TemplateURL', 3],
    ['Bought', 'Location', 6],
  ]);
});

test.for([
  ['a file that is not there', 'Location: nowhere.yaml', '7:7 Nested: there is no template nowhere.yaml.'],
  [
    'a parameter that the template does not have',
    'Location: shop/template.yaml\n      Parameters:\n        TableName: a\n        Stag: b',
    '10:9 Nested gives its stack the parameter Stag, which the template there does not declare.',
  ],
  [
    'no value for a parameter',
    'Location: shop/template.yaml',
    '4:3 Nested gives its stack no value for the parameter TableName.',
  ],
  [
    'a map for a parameter',
    'Location: shop/template.yaml\n      Parameters:\n        TableName: { a: b }',
    '9:9 Nested: the parameter TableName must be text or a list, not a map.',
  ],
])('a nested stack with %s is refused', ([, properties, problem]) => {
  const text = parent(`  Nested:
    Type: AWS::Serverless::Application
    Properties:
      ${properties}`);
  expect(shown(problemsOf(text, { files }))).toContain(problem);
});

test('a stack that nests its own template is named as a circle', () => {
  const problems = shown(
    problemsOf('Resources: { A: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: b.yaml } } }\n', {
      files: {
        'b.yaml':
          'Resources: { B: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: template.yaml } } }\n',
      },
    }),
  );
  expect(problems).toEqual(['1:67 B nests its own template: template.yaml → b.yaml → template.yaml.']);
});

test('an output that a nested stack does not have is refused', () => {
  const problems = problemsOf(
    `${nestedShop}
Outputs: { Wrong: { Value: !GetAtt Nested.Outputs.ShopIdd } }`,
    { files },
  );
  expect(shown(problems)).toEqual(['17:36 Nested.Outputs.ShopIdd is not there to get.']);
  expect(problems[0]?.remedy).toBe('Nested has Outputs.ShopId. Did you mean Outputs.ShopId?');
});

test('a mistake in a nested template is named in its own file', () => {
  const problems = problemsOf(nestedShop, {
    files: { ...files, 'shop/template.yaml': shop.replace('!Ref Shop }', '!Ref Shopp }') },
  });
  expect(problems.map(({ place }) => place?.file).every((file) => /shop.template\.yaml$/.test(String(file)))).toBe(
    true,
  );
});

test('a stored value that the address of a template lacks is named where it stands', () => {
  const template = `Resources:
  Inner:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: '{{resolve:ssm:/nowhere}}.yaml'
`;
  expect(shown(problemsOf(template))[0]).toBe('5:7 The SSM parameter /nowhere has no value here.');
});
