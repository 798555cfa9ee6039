import { mkdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { eventually } from '../cloud/eventually.ts';
import { temporaryFolder } from '../commands/gavel.ts';

let folder: ReturnType<typeof temporaryFolder>;
let gateway: Gateway;

const write = (file: string, text: string): void => writeFileSync(`${folder.path}/${file}`, text);

const shop = (path: string): string => `Transform: AWS::Serverless-2016-10-31
Parameters: { Motto: { Type: String } }
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: orders.handler
      CodeUri: src
      Environment: { Variables: { MOTTO: !Ref Motto } }
      Events: { Get: { Type: HttpApi, Properties: { Path: ${path}, Method: get, ApiId: !Ref Shop } } }
  Shop: { Type: AWS::Serverless::HttpApi }
`;

beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(`${folder.path}/shop/src`, { recursive: true });
  write(
    'template.yaml',
    `Transform: AWS::Serverless-2016-10-31
Resources:
  Nested:
    Type: AWS::Serverless::Application
    Properties: { Location: shop/template.yaml, Parameters: { Motto: !Sub "from \${AWS::StackName}" } }
`,
  );
  write('shop/template.yaml', shop('/orders'));
  write('shop/src/orders.mjs', 'export const handler = async () => ({ statusCode: 200, body: process.env.MOTTO });');
});
afterEach(async () => {
  await gateway?.stop();
  folder.remove();
});

test('the API of a nested application is served, and an edit of its template is noticed', async () => {
  gateway = await startGateway({ template: `${folder.path}/template.yaml`, stackName: 'outer', watch: true });
  const answer = await gateway.fetch('Shop', '/orders');
  expect([answer.status, await answer.text()]).toEqual([200, 'from outer']);
  write('shop/template.yaml', shop('/all-orders'));
  await eventually('the new route answers', async () => (await gateway.fetch('Shop', '/all-orders')).status === 200);
  expect((await gateway.fetch('Shop', '/orders')).status).toBe(404);
});
