import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { makes } from '#domain/lot.ts';
import { layerHash } from '../../layers/hash.ts';
import { listFolder, operations, readText, resourcesOf, template } from './deployment-files.ts';

const exists = (path: string) => existsSync(new URL(`../../${path}`, import.meta.url));
const functions = resourcesOf('AWS::Serverless::Function');
const entryOf = (name: string) =>
  template.Resources[name]!.Metadata!.BuildProperties.EntryPoints[0]!.replace('.ts', '');
const pascal = (name: string) => name.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());

const market = operations('openapi/market.yaml');
const bidding = operations('openapi/bidding.yaml');
const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const calledFunction = (uri: string | undefined) => uri?.match(/functions\/\$\{(\w+)\.Arn\}/)?.[1];

describe('every function', () => {
  test.each(functions.map(([name]) => name))('%s has its source, sample event and test under one name', (name) => {
    const entry = entryOf(name);
    const short = entry.split('/').at(-1)!;
    expect(name).toBe(`${pascal(short)}Function`);
    expect(template.Resources[name]!.Properties.Handler).toBe(`${short}.handler`);
    const wanted = [`functions/${entry}.ts`, `events/${entry}.json`, `test/functions/${short}.test.ts`];
    expect(
      wanted.filter((path) => !exists(path)),
      'files that are missing',
    ).toEqual([]);
  });

  test('publishes a version when the layer changes', () => {
    const stale = functions.filter(([, { Properties }]) => {
      const hash = /\(layer ([0-9a-f]{12})\)$/.exec(Properties.Description)?.[1];
      return hash !== layerHash() || Properties.AutoPublishAliasAllProperties !== true;
    });
    expect(
      stale.map(([name]) => name),
      'layers/observability changed: run `node_modules/.bin/node layers/hash.ts --write`',
    ).toEqual([]);
  });

  test('has a log group of the template, with a retention', () => {
    for (const [name, { Properties }] of functions) {
      const group = template.Resources[Properties.LoggingConfig.LogGroup.Ref];
      expect(group?.Properties.RetentionInDays, name).toEqual({ Ref: 'LogRetentionDays' });
    }
  });

  test('may do only named things, and on named resources', () => {
    for (const [name, { Properties }] of functions) {
      for (const { Sid, Action, Resource } of (Properties.Policies ?? []).flatMap(
        (policy: { Statement: [] }) => policy.Statement,
      )) {
        expect(Action.join(), `${name} ${Sid}`).not.toContain('*');
        expect(Resource, `${name} ${Sid}`).not.toBe('*');
      }
    }
  });

  test('is named in the folder of sample events, and no other event is there', () => {
    const events = listFolder('events').filter((name) => name.endsWith('.json'));
    expect(events.toSorted()).toEqual(functions.map(([name]) => `${entryOf(name)}.json`).toSorted());
  });
});

describe('routes', () => {
  test('no method and path stands in both Market and Bidding', () => {
    const routes = [...market, ...bidding].map(({ method, path }) => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`);
    expect(routes.toSorted()).toEqual([...new Set(routes)].toSorted());
  });

  test.each([...market, ...bidding].map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s is named after its function and says that it is open to all',
    (_, { operation }) => {
      const { type, uri } = operation['x-amazon-apigateway-integration'];
      expect(operation.security).toEqual([]);
      if (type === 'mock') return;
      expect(calledFunction(uri?.['Fn::Sub'])).toBe(`${pascal(kebab(operation.operationId))}Function`);
      expect(uri!['Fn::Sub']).toMatch(/\.Arn\}:\$\{!stageVariables\.lambdaAlias\}\/invocations$/);
    },
  );

  test('the contract names the makes that the rules know', () => {
    const { components } = parse(readText('openapi/market.yaml'));
    expect(components.schemas.Make.enum).toEqual(makes);
  });

  test('the included files use no short tag', () => {
    for (const file of ['openapi/market.yaml', 'openapi/bidding.yaml']) expect(readText(file)).not.toMatch(/:\s!\w/);
  });
});

const permissions = resourcesOf('AWS::Lambda::Permission').map(([, { Properties }]) => ({
  functionName: Properties.FunctionName.Ref as string,
  source: (Properties.SourceArn['Fn::Sub'] as string).split('execute-api:${AWS::Region}:${AWS::AccountId}:')[1],
}));

describe('aliases and permissions', () => {
  const resource = (path: string) => path.replace(/\{[^}]*\}/g, '*');

  test.each(market.filter((route) => route.operation['x-amazon-apigateway-integration'].type === 'aws_proxy'))(
    'Market may call both builds of $method $path',
    ({ method, path, operation }) => {
      const name = calledFunction(operation['x-amazon-apigateway-integration'].uri!['Fn::Sub'])!;
      expect(template.Resources[name]!.Properties.AutoPublishAlias).toBe('candidate');
      const alias = name.replace(/Function$/, 'LiveAlias');
      expect(template.Resources[alias]).toMatchObject({
        Type: 'AWS::Lambda::Alias',
        Properties: {
          Name: 'live',
          FunctionName: { Ref: name },
          FunctionVersion: { 'Fn::GetAtt': `${name}.Version.Version` },
        },
      });
      expect(permissions).toContainEqual({
        functionName: alias,
        source: `\${Market}/\${Stage}/${method}${resource(path)}`,
      });
      expect(permissions).toContainEqual({
        functionName: `${name}.Alias`,
        source: `\${Market}/*/${method}${resource(path)}`,
      });
    },
  );

  test.each(bidding)('Bidding may call $method $path', ({ method, path, operation }) => {
    const name = calledFunction(operation['x-amazon-apigateway-integration'].uri!['Fn::Sub'])!;
    expect(template.Resources[name]!.Properties.AutoPublishAlias).toBe('live');
    expect(permissions).toContainEqual({
      functionName: `${name}.Alias`,
      source: `\${Bidding}/\${Stage}/${method}${resource(path)}`,
    });
  });

  test('an alias is each function’s own matter, and only Market’s follow a release', () => {
    expect(template.Globals.Function).not.toHaveProperty('AutoPublishAlias');
    const candidates = functions.filter(([, { Properties }]) => Properties.AutoPublishAlias === 'candidate');
    expect(candidates.map(([name]) => entryOf(name).split('/')[0])).toEqual(candidates.map(() => 'market'));
  });
});

test('the template stays far below the limit of 500 resources', () => {
  const expanded = Object.values(template.Resources).reduce((sum, { Type, Properties }) => {
    // What SAM makes of one: function, role, version, alias; API, deployment, stage; three for a route of Live.
    if (Type === 'AWS::Serverless::Function') return sum + 4;
    if (Type === 'AWS::Serverless::Api') return sum + 3;
    if (Type === 'AWS::Serverless::HttpApi') return sum + 2;
    if (Type === 'AWS::Serverless::WebSocketApi') return sum + 2 + 3 * Object.keys(Properties.Routes).length;
    return sum + 1;
  }, 0);
  expect(expanded).toBeLessThan(300);
});

test('the function that seeds the demo is one of the template', () => {
  expect(template.Resources[template.Metadata.Gavel.SeedFunction]?.Type).toBe('AWS::Serverless::Function');
});

test('the layer ships the Powertools that the tests run with', () => {
  const { dependencies } = JSON.parse(readText('layers/observability/package.json'));
  const { devDependencies } = JSON.parse(readText('package.json'));
  for (const [name, version] of Object.entries(dependencies)) expect(devDependencies[name], name).toBe(version);
});

test('samconfig pins no release', () => {
  expect(readText('samconfig.toml')).not.toMatch(/StableDeploymentId=|CandidateDeploymentId=|CanaryPercent=/);
});
