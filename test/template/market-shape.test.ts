import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RestApi } from '#gateway/model/rest-api.ts';
import { readApplication } from '#gateway/template/read-application.ts';
import { readInline } from './inline-template.ts';

const folder = join(import.meta.dirname, 'fixtures/market');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const definition = read('openapi/market.yaml');
const changed = (openapi: string): RestApi =>
  readInline(read('template.yaml'), { files: { 'openapi/market.yaml': openapi, 'functions/hello.mjs': '' } })
    .application.apis[0] as RestApi;

test('both stages point at the snapshot that the template makes, each with its alias', () => {
  const { application } = readApplication({ templateFile: join(folder, 'template.yaml') });
  const api = application.apis[0] as RestApi;
  expect(application.stackName).toBe('market');
  expect(api.deployments).toHaveLength(1);
  const { id } = api.deployments[0]!;
  expect(id).toMatch(/^[a-z][a-z0-9]{5}$/);
  expect(api.stages).toMatchObject([
    { name: 'next', deploymentId: id, variables: { lambdaAlias: 'candidate' } },
    { name: 'dev', logicalId: 'MarketStage', deploymentId: id, variables: { lambdaAlias: 'live' } },
  ]);
  expect(application.outputs.Deployment).toBe(id);
  expect(application.outputs.Next).toBe(`https://${api.id}.execute-api.us-east-1.amazonaws.com/next`);
  expect(application.functions[0]!.aliases.map(({ name, followsLatest }) => [name, followsLatest])).toEqual([
    ['candidate', true],
    ['live', true],
  ]);
  expect(application.permissions[0]!.sourceArn).toBe(
    `arn:aws:execute-api:us-east-1:123456789012:${api.id}/dev/GET/hello`,
  );
  expect(application.sourceFiles).toEqual([join(folder, 'template.yaml'), join(folder, 'openapi/market.yaml')]);
});

test('stage variables stay in the URI; places lead into the included file', () => {
  const api = changed(definition);
  const method = api.deployments[0]!.definition.resources.find(({ path }) => path === '/hello')!.methods[0]!;
  expect(method.integration!.uri).toMatch(/function:test-Hello:\$\{stageVariables\.lambdaAlias\}\/invocations$/);
  expect(method.place).toMatchObject({ file: expect.stringContaining('openapi/market.yaml'), line: 11 });
});

test('a deployment is another one when its definition is, and only then', () => {
  const id = (openapi: string): string => changed(openapi).deployments[0]!.id;
  expect(id(`# a comment\n${definition}`)).toBe(id(definition));
  expect(id(definition.replace('"statusCode": 200', '"statusCode": 204'))).not.toBe(id(definition));
});

test('a pin that this template does not make is refused', () => {
  const files = { 'openapi/market.yaml': definition, 'functions/hello.mjs': '' };
  expect(() =>
    readInline(read('template.yaml'), { files, parameterOverrides: { StableDeploymentId: 'abc123' } }),
  ).toThrow('MarketStage points at the deployment abc123, which this template does not make.');
});
