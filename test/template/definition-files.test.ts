import { describe, expect, test } from 'vitest';
import type { HttpApi } from '#gateway/model/http-api.ts';
import type { RestApi } from '#gateway/model/rest-api.ts';
import { problemsOf, readInline, shown } from './inline-template.ts';

type Files = Readonly<Record<string, string>>;

const api = (type: string, properties: string): string => `Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: ${type}
    Properties:
      StageName: dev
      ${properties}
`;
const raw = (properties: string): string => `Resources:
  Api: { Type: AWS::ApiGateway::RestApi, Properties: { ${properties} } }
  Deployment: { Type: AWS::ApiGateway::Deployment, Properties: { RestApiId: !Ref Api, StageName: dev } }
`;
const rest = (text: string, files: Files) => {
  const { application, support } = readInline(text, { files });
  const first = application.apis[0] as RestApi;
  const { definition } = first.deployments[0]!;
  const methods = definition.resources.flatMap(({ path, methods: all }) =>
    all.map((method) => [`${method.httpMethod} ${path}`, method] as const),
  );
  return {
    definition,
    support,
    methods: Object.fromEntries(methods),
    files: application.sourceFiles.map((file) => file.replace(/^.*gavel-template-\w+\//, '')),
  };
};
const include = 'DefinitionBody: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: api/main.yaml } } }';
const mock = 'x-amazon-apigateway-integration: { type: mock }';

const files: Files = {
  'api/main.yaml': `openapi: 3.0.1
paths:
  /lots: { $ref: 'paths/lots.yaml' }
  /bids:
    get:
      parameters: [{ $ref: './parameters.yaml#/Page' }]
      responses: { $ref: './responses.yaml' }
      x-amazon-apigateway-integration: { $ref: './integrations.yaml#/mock' }
components:
  schemas:
    Lot: { type: object, description: of the document itself }
`,
  'api/paths/lots.yaml': `post:
  requestBody: { content: { application/json: { schema: { $ref: ../models.yaml#/Lot } } } }
  responses: { '200': { description: ok, content: { application/json: { schema: { $ref: ../models.yaml#/definitions/Money } } } } }
  x-amazon-apigateway-integration: { type: mock, credentials: { Fn::Sub: '\${AWS::StackName}' } }
`,
  'api/models.yaml': `Lot:
  type: object
  properties:
    price: { $ref: '#/definitions/Money' }
    next: { $ref: '#/Lot' }
    seller: { $ref: people.json }
    default: { $ref: '#/definitions/Money' }
definitions:
  Money: { type: integer, example: { $ref: not a reference } }
`,
  'api/people.json': '{"type": "object", "properties": {"own": {"$ref": "models.yaml#/Lot"}}}',
  'api/parameters.yaml': 'Page: { $ref: "#/Alias" }\nAlias: { name: page, in: query, required: true }\n',
  'api/responses.yaml': "'200': { description: ok }\n",
  'api/integrations.yaml': 'mock: { type: mock }\n',
};

describe('references to other files', () => {
  test('are followed from the file that holds them, whole files and parts of them', () => {
    const { definition, methods, files: read } = rest(api('AWS::Serverless::Api', include), files);
    expect(methods['GET /bids']).toMatchObject({
      requestParameters: { 'method.request.querystring.page': true },
      responses: { '200': {} },
      integration: { type: 'MOCK' },
    });
    expect(methods['POST /lots']).toMatchObject({
      requestModels: { 'application/json': 'Lot2' },
      responses: { '200': { models: { 'application/json': 'Money' } } },
      integration: { credentials: 'test' },
    });
    expect(definition.models).toMatchObject({
      Lot: { schema: { description: 'of the document itself' } },
      Lot2: {
        schema: {
          properties: {
            price: { $ref: '#/components/schemas/Money' },
            next: { $ref: '#/components/schemas/Lot2' },
            seller: { $ref: '#/components/schemas/people' },
            default: { $ref: '#/components/schemas/Money' },
          },
        },
      },
      people: { schema: { properties: { own: { $ref: '#/components/schemas/Lot2' } } } },
      Money: { schema: { example: { $ref: 'not a reference' } } },
    });
    expect(read).toEqual(['template.yaml', ...Object.keys(files)].sort((a, b) => read.indexOf(a) - read.indexOf(b)));
  });

  test('a message leads into the file that was brought in', () => {
    const broken = { ...files, 'api/paths/lots.yaml': 'post:\n  x-amazon-apigateway-integration: { type: magic }\n' };
    const [problem] = problemsOf(api('AWS::Serverless::Api', include), { files: broken });
    expect(problem!.place).toMatchObject({ file: expect.stringContaining('api/paths/lots.yaml'), line: 2 });
  });

  test('the default authorizer of SAM guards what another file brings', () => {
    const text = api('AWS::Serverless::Api', `${include}\n      Auth: { DefaultAuthorizer: AWS_IAM }`);
    const { methods } = rest(text, files);
    expect(methods['POST /lots']!.authorizationType).toBe('AWS_IAM');
  });

  test('check says that AWS follows none of them', () => {
    const { support } = rest(api('AWS::Serverless::Api', include), files);
    expect(
      support.filter(({ note }) => note.includes('bundle before sam deploy')).map((line) => line.property),
    ).toEqual([
      'DefinitionBody.paths./lots.$ref',
      'DefinitionBody.paths./bids.get.parameters.0.$ref',
      'DefinitionBody.paths./bids.get.responses.$ref',
      'DefinitionBody.paths./bids.get.x-amazon-apigateway-integration.$ref',
    ]);
  });

  test('circles outside of schemas, missing files and parts, and other machines are refused', () => {
    const body = `Body: { openapi: 3.0.1, paths: {
      /a: { $ref: a.yaml },
      /b: { $ref: gone.yaml },
      /c: { $ref: 'a.yaml#/nowhere' },
      /d: { $ref: 'https://example.com/a.yaml' } } }`;
    const circular = { 'a.yaml': '$ref: b.yaml\n', 'b.yaml': '$ref: a.yaml\n' };
    expect(shown(problemsOf(raw(body), { files: circular }))).toEqual([
      expect.stringMatching(/^1:1 \$ref: a\.yaml# → b\.yaml# → a\.yaml# is a circle\.$/),
      expect.stringMatching(/^4:\d+ \$ref: there is no file gone\.yaml on this disk\.$/),
      expect.stringMatching(/^5:\d+ \$ref: there is nothing at a\.yaml#\/nowhere\.$/),
      expect.stringMatching(/^6:\d+ \$ref leads to https:\/\/example\.com\/a\.yaml, which is not on this disk\.$/),
    ]);
  });
});

describe('definitions in files', () => {
  const definition = `openapi: 3.0.1\npaths:\n  /a:\n    get: { ${mock} }\n`;

  test('DefinitionUri and BodyS3Location read a local file and watch it', () => {
    for (const text of [api('AWS::Serverless::Api', 'DefinitionUri: api.yaml'), raw('BodyS3Location: ./api.yaml')]) {
      const { methods, files: read } = rest(text, { 'api.yaml': definition });
      expect(Object.keys(methods)).toEqual(['GET /a']);
      expect(read).toEqual(['template.yaml', 'api.yaml']);
    }
    const http = readInline(api('AWS::Serverless::HttpApi', 'DefinitionUri: api.yaml').replace('StageName: dev', ''), {
      files: { 'api.yaml': definition.replace('mock', 'http_proxy, httpMethod: GET, uri: "https://e"') },
    }).application.apis[0] as HttpApi;
    expect(http.deployments[0]!.definition.routes.map(({ routeKey }) => routeKey)).toEqual(['GET /a']);
  });

  test('the pseudo parameters that API Gateway knows are filled in, and no other function is', () => {
    const withRegion = definition.replace('type: mock', "type: mock, credentials: 'arn:${AWS::Partition}:x'");
    const text = api('AWS::Serverless::Api', 'DefinitionUri: api.yaml');
    expect(rest(text, { 'api.yaml': withRegion }).methods['GET /a']!.integration!.credentials).toBe('arn:aws:x');
    const calling = definition.replace('type: mock', 'type: mock, credentials: { Fn::Sub: x }');
    expect(shown(problemsOf(text, { files: { 'api.yaml': calling } }))).toEqual([
      expect.stringMatching(/^4:\d+ The definition of Api calls Fn::Sub, which AWS does not resolve/),
    ]);
  });

  test('an object in S3 is not here: its API has no routes, and check says so', () => {
    const far = (text: string, property: string) => {
      const { methods, support } = rest(text, { 'api.yaml': definition });
      expect(methods).toEqual({});
      const said = support.filter((line) => line.property === property && line.level !== 'honoured');
      expect(said).toEqual([expect.objectContaining({ level: 'not honoured' })]);
    };
    far(raw('BodyS3Location: { Bucket: b, Key: far.yaml }'), 'BodyS3Location');
    far(api('AWS::Serverless::Api', 'DefinitionUri: { Bucket: b, Key: far.yaml }'), 'DefinitionUri');
    far(api('AWS::Serverless::Api', 'DefinitionUri: s3://bucket/far.yaml'), 'DefinitionUri');
    expect(shown(problemsOf(api('AWS::Serverless::Api', 'DefinitionUri: { Key: k }')))[0]).toContain('names no file.');
  });

  test('what SAM adds to a body only is refused beside DefinitionUri', () => {
    const text = api('AWS::Serverless::Api', 'DefinitionUri: api.yaml\n      Auth: { DefaultAuthorizer: AWS_IAM }');
    expect(shown(problemsOf(text, { files: { 'api.yaml': definition } }))).toEqual([
      '8:7 Api: Auth works only with DefinitionBody, not with DefinitionUri.',
    ]);
    expect(
      shown(
        problemsOf(raw('Body: { openapi: 3.0.1 }, BodyS3Location: api.yaml'), { files: { 'api.yaml': definition } }),
      ),
    ).toEqual([expect.stringMatching(/^2:\d+ Api has both Body and BodyS3Location\.$/)]);
  });

  test('AWS::Include stands at any depth, and not in a file that was included', () => {
    const within = api(
      'AWS::Serverless::Api',
      'DefinitionBody: { openapi: 3.0.1, paths: { /a: { get: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: get.yaml } } } } } }',
    );
    expect(rest(within, { 'get.yaml': `${mock}\n` }).methods['GET /a']!.integration!.type).toBe('MOCK');
    const nested = 'Fn::Transform: { Name: AWS::Include, Parameters: { Location: other.yaml } }\n';
    expect(shown(problemsOf(within, { files: { 'get.yaml': nested, 'other.yaml': mock } }))).toContainEqual(
      '1:1 A file that AWS::Include brings in includes another one.',
    );
  });
});
