import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { readInline } from './inline-template.ts';

/** What CDK has synthesised; test/foreign/README.md says how. */
const assembly = (name: string): string => fileURLToPath(new URL(`../foreign/cdk/${name}`, import.meta.url));

let gateway: Gateway | undefined;
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

const start = async (stack: string): Promise<Gateway> => {
  gateway = await startGateway({ template: assembly(`${stack}.template.json`) });
  return gateway;
};

const get = async (api: string, path: string): Promise<readonly [number, string]> => {
  const response = await gateway!.fetch(api, path);
  return [response.status, await response.text()];
};

const apiOf = (beginning: string): string =>
  gateway!.readiness.apis.find(({ logicalId }) => logicalId.startsWith(beginning))!.logicalId;

/** Of the support lines those that belong to a resource whose logical id begins so. */
const saidOf = (beginning: string): readonly string[] =>
  gateway!
    .support()
    .filter(({ logicalId, level }) => logicalId.startsWith(beginning) && level !== 'honoured')
    .map(({ level, property, note }) => `${level}: ${property}: ${note}`);

describe.each([
  ['with the metadata that the command line of CDK writes', 'cdk.out'],
  ['with the manifest of its assets alone', 'bare.out'],
])('a stack %s', (_, folder) => {
  test('runs its code from folders, archives and the template, with layers', async () => {
    await start(`${folder}/Market`);
    expect(gateway!.application().stackName).toBe('Market');
    const api = apiOf('MarketApi');
    expect(await get(api, '/dev/lots')).toEqual([200, '{"word":"from the layer","at":"/lots"}']);
    expect(await get(api, '/dev/lots/7')).toEqual([200, 'prebuilt 7']);
    expect(await get(apiOf('Everything'), '/prod/any/path')).toEqual([200, 'inline /any/path']);
    // What decides over access and does not run yet stays closed.
    expect((await get(api, '/dev/mine'))[0]).toBe(501);
    expect((await gateway!.fetch(api, '/dev/lots', { method: 'POST' })).status).toBe(501);
    const [, zipped] = gateway!.application().layers;
    expect(zipped).toMatchObject({ mount: { kind: 'zip' }, unsupported: null });
    expect(gateway!.application().eventSourceMappings).toHaveLength(1);
    expect(saidOf('Lots86BA5A4D').join('\n')).toMatch(/differently: Code: .*asset\.[0-9a-f]+ stands for s3:/);
    expect(saidOf('Lots86BA5A4D').filter((line) => line.startsWith('not'))).toEqual([]);
  });

  test('finds a definition, a nested stack, and the assets beside the folder of a stage', async () => {
    await start(`${folder}/Spec`);
    expect(await get(apiOf('SpecApi'), '/prod/status')).toEqual([200, '{"up": true}']);
    expect(saidOf('SpecApiA4950D24').filter((line) => line.startsWith('not'))).toEqual([]);
    await gateway!.stop();
    await start(`${folder}/Outer`);
    expect(await get(apiOf('DeepApi'), '/dev/deep')).toEqual([200, '{"word":"no layer","at":"/deep"}']);
    await gateway!.stop();
    await start(`${folder}/assembly-Prod/ProdStagedA3639738`);
    expect(await get(apiOf('StagedApi'), '/dev/staged')).toEqual([200, '{"word":"no layer","at":"/staged"}']);
  });
});

test('HTTP and WebSocket APIs of CDK stand', async () => {
  await start('cdk.out/Bidding');
  expect(await get(apiOf('BiddingApi'), '/bids')).toEqual([200, '{"word":"no layer","at":"/bids"}']);
  expect((await get(apiOf('BiddingApi'), '/mine'))[0]).toBe(501);
  const socket = new WebSocket(gateway!.url(apiOf('Live'), 'dev')!);
  await new Promise((open, failed) => {
    socket.onopen = open;
    socket.onerror = failed;
  });
  socket.close();
});

test('the older way of packaging gives hashes by parameters', async () => {
  await start('bare.out/Legacy');
  expect(await get(apiOf('OldApi'), '/dev/old')).toEqual([200, '{"word":"no layer","at":"/old"}']);
});

test('custom resources and what serves them are said not to run, and harm nothing', async () => {
  await start('cdk.out/Provided');
  expect(await get(apiOf('KeptApi'), '/dev/kept')).toEqual([200, '{"word":"no layer","at":"/kept"}']);
  const kept = gateway!.application().functions.find(({ logicalId }) => logicalId.startsWith('Kept'));
  expect(kept!.environment.OWN).toMatch(/Own-Token$/);
  for (const resource of ['Own', 'KeptLogRetention', 'DeployCustomResource', 'PagesAutoDelete']) {
    expect(saidOf(resource)[0]).toBe(
      'not honoured: : custom resources run in an account, not here; what it would return is a stand-in',
    );
  }
  expect(saidOf('CDKMetadata')[0]).toBe('differently: : has no meaning on this machine');
});

test('an asset that a manifest lists and that is not there is code that is not on this disk', () => {
  const hash = 'a'.repeat(64);
  const { application } = readInline(
    `Resources:
  Lots:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/lots
      Code: { S3Bucket: assets, S3Key: ${hash}.zip }
`,
    {
      files: {
        'Stack.assets.json': JSON.stringify({
          files: {
            [hash]: { source: { path: `asset.${hash}` }, destinations: { here: { objectKey: `${hash}.zip` } } },
          },
        }),
      },
    },
  );
  expect(application.functions[0]!.unsupported).toMatch(/its code is not on this disk/);
});
