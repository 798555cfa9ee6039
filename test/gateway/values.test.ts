import { writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { eventually } from '../cloud/eventually.ts';
import { temporaryFolder } from '../commands/gavel.ts';

const folder = temporaryFolder();
let gateway: Gateway;

const write = (name: string, text: string): void => writeFileSync(`${folder.path}/${name}`, text);
const get = async (path: string): Promise<string> => {
  const response = await gateway.fetch('ServerlessHttpApi', path);
  return `${response.status} ${await response.text()}`;
};

beforeAll(async () => {
  write(
    'template.yaml',
    `Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
Parameters:
  Names: { Type: CommaDelimitedList }
  Stage: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /stage }
Resources:
  Fn::ForEach::Functions:
    - Name
    - !Ref Names
    - \${Name}Function:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: nodejs24.x
          Handler: index.handler
          InlineCode: "exports.handler = async () => ({ statusCode: 200, body: process.env.SAID })"
          Environment: { Variables: { SAID: !Sub "\${Name} \${Stage} {{resolve:secretsmanager:key}}" } }
          Events: { Get: { Type: HttpApi, Properties: { Path: !Sub "/\${Name}", Method: get } } }
`,
  );
  write('dev.yaml', 'Names: [lots, bids]\n');
  write('dev.values.yaml', 'ssm: { /stage: dev }\nsecretsmanager: { key: first-key }\n');
  gateway = await startGateway({
    template: `${folder.path}/template.yaml`,
    parameterOverrides: `file://${folder.path}/dev.yaml`,
    values: `${folder.path}/dev.values.yaml`,
    watch: true,
  });
});
afterAll(async () => {
  await gateway?.stop();
  folder.remove();
});

test('functions of a loop are served, with stored values in their environment', async () => {
  expect(await get('/lots')).toBe('200 lots dev first-key');
  expect(await get('/bids')).toBe('200 bids dev first-key');
});

test('an edit of the file of values, or of the file of parameters, is live', async () => {
  write('dev.values.yaml', 'ssm: { /stage: dev }\nsecretsmanager: { key: second-key }\n');
  await eventually('the new secret is there', async () => (await get('/lots')) === '200 lots dev second-key');
  write('dev.yaml', 'Names: [lots, watch]\n');
  await eventually('the new function is there', async () => (await get('/watch')) === '200 watch dev second-key');
});
