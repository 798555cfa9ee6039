/**
 * What the handlers find around them on AWS, for tests that call them as Lambda does: the tables of the template in an
 * embedded DynamoDB, and an `@connections` endpoint that keeps what is posted.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Context } from 'aws-lambda';
import { afterAll, beforeAll, vi } from 'vitest';
import { systemClock } from '#gateway/clock.ts';
import { type DynamoDb, startDynamoDb } from '#gateway/cloud/dynamodb/dynamodb.ts';
import type { Table } from '#gateway/model/table.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { resourcesOf } from '../deployment/deployment-files.ts';

export type Post = { readonly connectionId: string; readonly message: unknown };
type Handler = (event: unknown, context: Context) => Promise<unknown>;

/** The same functions for every test of a file; each is set up by `useBackingServices`. */
export const backing = {
  dynamodb: undefined as unknown as DynamoDb,
  posts: [] as Post[],
  /** Connections that answer 410, and ones that answer 403. */
  gone: new Set<string>(),
  failing: new Set<string>(),
};

/** The name of a table in these tests is its logical id. */
export const tableNames = { auctions: 'AuctionsTable', connections: 'ConnectionsTable' };

export const useBackingServices = (): void => {
  let connections: Server;
  beforeAll(async () => {
    const dynamodb = startDynamoDb({
      tables: tables(),
      dataDirectory: null,
      endpoint: null,
      region: 'us-east-1',
      clock: systemClock,
      observer: createObserver(),
      reset: 'none',
    });
    connections = connectionsEndpoint().listen(0, '127.0.0.1');
    await once(connections, 'listening');
    backing.dynamodb = await dynamodb;
    vi.stubEnv('AUCTIONS_TABLE', tableNames.auctions);
    vi.stubEnv('CONNECTIONS_TABLE', tableNames.connections);
    vi.stubEnv('LIVE_ENDPOINT', `http://127.0.0.1:${(connections.address() as AddressInfo).port}/dev`);
    vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', backing.dynamodb.endpoint);
    vi.stubEnv('AWS_REGION', 'us-east-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
    // Handlers read the environment and make their clients when they are loaded.
    vi.resetModules();
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    backing.posts.length = 0;
    backing.gone.clear();
    backing.failing.clear();
    connections.closeAllConnections();
    connections.close();
    await backing.dynamodb.stop();
  });
};

const context = { functionName: 'test', awsRequestId: 'request-1', invokedFunctionArn: 'arn' } as Context;

/** A handler by its module's path in functions/, as Lambda calls it. */
export const invoke = async <Result>(path: string, event: unknown): Promise<Result> => {
  const file = fileURLToPath(new URL(`../../functions/${path}.ts`, import.meta.url));
  const { handler } = (await import(/* @vite-ignore */ file)) as { handler: Handler };
  return (await handler(event, context)) as Result;
};

/** An answer with its body parsed; the event is the sample of the same path in events/, with changes on top. */
export const call = async (path: string, changes: object = {}) => {
  const answer = await invoke<{ statusCode: number; headers: Record<string, string>; body: string }>(path, {
    ...sampleEvent(path),
    ...changes,
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests ask for what they expect
  return { status: answer.statusCode, headers: answer.headers, body: JSON.parse(answer.body) as any };
};

// biome-ignore lint/suspicious/noExplicitAny: a sample is whatever its file holds
export const sampleEvent = (path: string): any =>
  JSON.parse(readFileSync(new URL(`../../events/${path}.json`, import.meta.url), 'utf8'));

/** Every row of a table. */
export const rows = async (table: string): Promise<readonly Record<string, { S: string; N: string }>[]> => {
  const { Items } = await backing.dynamodb.call<{ Items: Record<string, { S: string; N: string }>[] }>('Scan', {
    TableName: table,
    ConsistentRead: true,
  });
  return Items;
};

const connectionsEndpoint = (): Server =>
  createServer(async (request, response) => {
    const id = decodeURIComponent(request.url!.slice('/dev/@connections/'.length).replace('%40', '@'));
    const body = await request.toArray();
    if (backing.gone.has(id)) return response.writeHead(410, { 'x-amzn-errortype': 'GoneException' }).end();
    if (backing.failing.has(id)) return response.writeHead(403, { 'x-amzn-errortype': 'ForbiddenException' }).end();
    backing.posts.push({ connectionId: id, message: JSON.parse(Buffer.concat(body).toString()) });
    return response.writeHead(200).end();
  });

const tables = (): readonly Table[] =>
  resourcesOf('AWS::DynamoDB::Table').map(([logicalId, { Properties }]) => ({
    logicalId,
    name: logicalId,
    arn: `arn:aws:dynamodb:us-east-1:123456789012:table/${logicalId}`,
    streamArn: null,
    streamViewType: null,
    attributeDefinitions: Properties.AttributeDefinitions,
    keySchema: Properties.KeySchema,
    globalSecondaryIndexes: Properties.GlobalSecondaryIndexes ?? [],
    localSecondaryIndexes: [],
    timeToLiveAttribute: Properties.TimeToLiveSpecification?.AttributeName ?? null,
    place: { file: 'template.yaml', line: 1, column: 1 },
  }));
