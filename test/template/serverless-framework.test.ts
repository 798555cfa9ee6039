import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';

/** What Serverless Framework has packaged; test/foreign/README.md says how. */
const template = fileURLToPath(
  new URL('../foreign/serverless-framework/.serverless/cloudformation-template-update-stack.json', import.meta.url),
);

let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({ template });
});
afterAll(() => gateway?.stop());

const get = async (api: string, path: string): Promise<readonly [number, string]> => {
  const response = await gateway.fetch(api, path);
  return [response.status, await response.text()];
};

describe('a service of Serverless Framework', () => {
  test('serves its http events, with code and layers from their archives', async () => {
    expect(await get('ApiGatewayRestApi', '/dev/lots')).toEqual([200, 'GET /lots from the layer']);
    expect(await get('ApiGatewayRestApi', '/dev/lots/7')).toEqual([200, 'GET /lots/7 from the layer']);
    const preflight = await gateway.fetch('ApiGatewayRestApi', '/dev/lots/7', { method: 'OPTIONS' });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-methods')).toBe('OPTIONS,GET');
  });

  test('keeps closed what a key or an authorizer guards', async () => {
    expect((await gateway.fetch('ApiGatewayRestApi', '/dev/lots', { method: 'POST' })).status).toBe(501);
    expect((await get('ApiGatewayRestApi', '/dev/mine'))[0]).toBe(501);
    expect((await get('HttpApi', '/my-bids'))[0]).toBe(501);
  });

  test('serves its httpApi events, the catch-all too, from an archive of their own', async () => {
    expect(await get('HttpApi', '/bids')).toEqual([200, 'GET /bids']);
    expect(await get('HttpApi', '/anything/else')).toEqual([200, '$default']);
  });

  test('serves its websocket events', async () => {
    const socket = new WebSocket(gateway.url('WebsocketsApi', 'dev')!);
    await new Promise((open, failed) => {
      socket.onopen = open;
      socket.onerror = failed;
    });
    socket.close();
  });

  test('has versions, log groups, the role and the stream as the framework wrote them', () => {
    const { functions, layers, roles, eventSourceMappings, tables } = gateway.application();
    expect(functions.map(({ name }) => name)).toEqual(
      ['lots', 'mine', 'guard', 'bids', 'live', 'changed'].map((name) => `auctions-dev-${name}`),
    );
    const [lots] = functions;
    expect(lots).toMatchObject({
      unsupported: null,
      code: { kind: 'zip', file: expect.stringMatching(/auctions\.zip$/) },
      loggingConfig: { logGroup: '/aws/lambda/auctions-dev-lots' },
      role: roles[0]!.arn,
      layers: [layers[0]!.arn],
      environment: { TABLE: tables[0]!.name },
    });
    expect(lots!.versions).toHaveLength(1);
    expect(functions[3]!.code).toMatchObject({ file: expect.stringMatching(/bids\.zip$/) });
    expect(eventSourceMappings[0]!.eventSourceArn).toBe(tables[0]!.streamArn);
  });

  test('is told of plainly: nothing that is honoured is called otherwise', () => {
    const wrong = gateway
      .support()
      .filter(
        ({ level, property }) => level === 'not honoured' && /^(Code|Content|Policy)|ApiKeyRequired$/.test(property),
      )
      .map(({ logicalId, property }) => `${logicalId} ${property}`);
    expect(wrong).toEqual(['ApiGatewayMethodLotsPost ApiKeyRequired']);
  });
});
