import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { eventually } from '../cloud/eventually.ts';
import { temporaryFolder } from '../commands/gavel.ts';

/** A template from its text to its answers: validated, mapped both ways, with a function that is not a proxy. */
const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Price:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: |
        exports.handler = async ({ make, cents }) => {
          if (cents > 1000) throw new Error('[TooMuch] ' + cents);
          return { make, cents: cents * 2 };
        };
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: dev
      MinimumCompressionSize: 1000
      Models:
        Extra: { type: object }
      DefinitionBody:
        openapi: 3.0.1
        x-amazon-apigateway-request-validators:
          all: { validateRequestBody: true, validateRequestParameters: true }
        components:
          schemas:
            Money: { type: integer, minimum: 1, nullable: true }
            Lot:
              type: object
              required: [make, price]
              properties: { make: { type: string }, price: { $ref: '#/components/schemas/Money' } }
        paths:
          /lots:
            post:
              x-amazon-apigateway-request-validator: all
              parameters: [{ name: house, in: query, required: true, schema: { type: string } }]
              requestBody:
                content: { application/json: { schema: { $ref: '#/components/schemas/Lot' } } }
              responses: { '200': { headers: { X-Make: { schema: { type: string } } } }, '422': {} }
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Price.Arn}/invocations'
                passthroughBehavior: never
                requestTemplates:
                  application/json: |
                    #set($lot = $input.path('$'))
                    {"make": "$util.escapeJavaScript($lot.make)", "cents": $lot.price}
                responses:
                  default:
                    statusCode: '200'
                    responseParameters: { method.response.header.X-Make: integration.response.body.make }
                    responseTemplates:
                      application/json: '{"lot": $input.json("$"), "house": "$input.params("house")"}'
                  '\\[TooMuch\\].*':
                    statusCode: '422'
                    responseTemplates: { application/json: '{"error": $input.json("$.errorMessage")}' }
            put:
              responses: { '202': {} }
              x-amazon-apigateway-integration:
                type: aws
                httpMethod: POST
                uri: !Sub 'arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Price.Arn}/invocations'
                requestParameters: { integration.request.header.X-Amz-Invocation-Type: "'Event'" }
                responses: { default: { statusCode: '202' } }
`;

let folder: ReturnType<typeof temporaryFolder>;
let gateway: Gateway;
const observer = createObserver();
const events: string[] = [];
beforeAll(async () => {
  folder = temporaryFolder();
  writeFileSync(`${folder.path}/template.yaml`, template);
  observer.subscribe((seen) => seen.kind === 'invocation' && events.push(seen.event));
  gateway = await startGateway({ template: `${folder.path}/template.yaml`, observer });
});
afterAll(async () => {
  await gateway?.stop();
  folder?.remove();
});

const post = async (path: string, body: unknown, contentType = 'application/json') => {
  const init = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': contentType } };
  const response = await gateway.fetch('Api', `/dev${path}`, init);
  return { status: response.status, make: response.headers.get('x-make'), body: await response.json() };
};

test('a request is validated, mapped for its function, and the answer mapped for the client', async () => {
  expect(await post('/lots?house=North', { make: 'Saab "96"', price: 100 })).toEqual({
    status: 200,
    make: 'Saab "96"',
    body: { lot: { make: 'Saab "96"', cents: 200 }, house: 'North' },
  });
});

test('what is missing, invalid, of another type, or fails, is told apart', async () => {
  expect(await post('/lots', {})).toEqual({
    status: 400,
    make: null,
    body: { message: 'Missing required request parameters: [house]' },
  });
  for (const body of [{}, { make: 'Saab', price: 0 }, { make: 'Saab', price: null }]) {
    expect(await post('/lots?house=North', body)).toEqual({
      status: 400,
      make: null,
      body: { message: 'Invalid request body' },
    });
  }
  expect(await post('/lots?house=North', {}, 'text/plain')).toEqual({
    status: 415,
    make: null,
    body: { message: 'Unsupported Media Type' },
  });
  expect(await post('/lots?house=North', { make: 'Saab', price: 1001 })).toEqual({
    status: 422,
    make: null,
    body: { error: '[TooMuch] 1001' },
  });
});

test('a function that is called as an event runs after the answer', async () => {
  const body = '{"make":"Volvo","cents":1}';
  const response = await gateway.fetch('Api', '/dev/lots', { method: 'PUT', body });
  expect([response.status, await response.text()]).toEqual([202, '']);
  await eventually('the function gets the event', () => events.includes(body));
});

test('nothing of it is told as not honoured', () => {
  const lines = gateway.support().filter(({ logicalId, level }) => logicalId === 'Api' && level === 'not honoured');
  expect(lines).toEqual([]);
});
