import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, functionIn, openBench } from './bench-of-functions.ts';

let bench: Bench;
let server: Server;
let origin: string;
let routed = true;
let securely: string | null = null;

/** Answers with what reached it, so that a handler can show it. */
const echo = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const { method, url, headers } = request;
    if (url === '/gzip') {
      response.setHeader('content-encoding', 'gzip').end(gzipSync('unpacked'));
      return;
    }
    if (url === '/moved') {
      response.writeHead(302, { location: '/there' }).end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.setHeader('x-seen', JSON.stringify({ host: headers.host, target: headers['x-amz-target'] }));
    response.end(
      JSON.stringify({
        method,
        url,
        host: headers.host,
        token: headers['x-token'],
        body,
        ...(headers['x-token'] === 's' && { headers }),
      }),
    );
  });
});

beforeAll(async () => {
  server = await new Promise<Server>((done) => echo.listen(0, '127.0.0.1', () => done(echo)));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  bench = await openBench({
    // So that the handler finds the SDK of this project.
    links: { node_modules: join(process.cwd(), 'node_modules') },
    files: {
      'calls.mjs': `
        import { Agent, request, get } from 'node:https';
        import http from 'node:http';
        import { Worker } from 'node:worker_threads';
        import http2 from 'node:http2';
        import net from 'node:net';
        import tls from 'node:tls';
        const agent = new Agent({ keepAlive: true, maxSockets: 3 });
        const read = (response) => new Promise((done) => {
          let text = '';
          response.on('data', (chunk) => { text += chunk; });
          response.on('end', () => done(JSON.parse(text)));
        });
        const ways = {
          // As the SDK's own handler calls it.
          sdk: ({ host }) => new Promise((done, failed) => {
            const options = { host, method: 'POST', path: '/?a=1', agent, headers: { host, 'x-token': 't' } };
            const sent = request(options, (response) => read(response).then(done));
            sent.on('error', failed);
            sent.end('body');
          }),
          get: ({ host }) => new Promise((done, failed) => {
            get(\`https://\${host}/path\`, { headers: { 'x-token': 'g' } }, (response) => read(response).then(done)).on('error', failed);
          }),
          fetch: async ({ host }) => {
            const response = await fetch(\`https://\${host}/f?x=y\`, { method: 'PUT', body: 'fetched', headers: { 'X-Token': 'f' } });
            return { ...(await response.json()), status: response.status, at: response.url };
          },
          plain: async ({ url }) => (await fetch(url)).json(),
          net: ({ host }) => new Promise((done, failed) => net.connect(443, host, done).on('error', failed)),
          tls: ({ host }) => new Promise((done, failed) => tls.connect({ host, port: 443 }, done).on('error', failed)),
          undici: async ({ host }) => {
            const dispatcher = globalThis[Symbol.for('undici.globalDispatcher.1')];
            return (await dispatcher.request({ origin: \`https://\${host}\`, path: '/', method: 'GET' })).statusCode;
          },
          socket: ({ host }) => new Promise((done, failed) => {
            const socket = new WebSocket(\`wss://\${host}/dev\`);
            socket.onopen = done;
            socket.onerror = ({ error, message }) => failed(error?.cause ?? error ?? new Error(message));
          }),
          request: ({ host }) => new Promise((done, failed) => new http.ClientRequest(\`http://\${host}/\`).on('error', failed).on('response', done)),
          // As aws4fetch does: a Request with what was signed.
          signed: async ({ host }) => {
            const request = new Request(\`https://\${host}/path?X-Amz-Signature=a%2Fb&x=1\`, {
              method: 'POST', body: 'b', headers: { authorization: 'AWS4-HMAC-SHA256 x', 'x-amz-date': '20310101T000000Z', 'x-token': 's' },
            });
            const { url, headers } = await (await fetch(request)).json();
            return { url, authorization: headers.authorization, date: headers['x-amz-date'], host: headers.host };
          },
          packed: async ({ host }) => (await fetch(\`https://\${host}/gzip\`, { headers: { 'accept-encoding': 'gzip' } })).text(),
          moved: async ({ host, redirect }) => {
            const response = await fetch(\`https://\${host}/moved\`, { method: 'POST', body: 'x', redirect });
            return [response.status, response.status === 200 ? (await response.json()).method : null];
          },
          thread: ({ host }) => new Promise((done, failed) => {
            const code = \`
              const { parentPort } = require('node:worker_threads');
              fetch('https://\${host}/path', { headers: { 'x-token': 'th' } }).then((r) => r.json()).then((seen) => parentPort.postMessage(seen));
            \`;
            new Worker(code, { eval: true }).on('message', done).on('error', failed);
          }),
          http2: ({ host }) => new Promise((done, failed) => http2.connect(\`https://\${host}\`, done).on('error', failed)),
        };
        export const handler = ({ way, ...event }) => ways[way](event);`,
      'sdk.mjs': `
        import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
        export const handler = async (options) => {
          const client = new DynamoDBClient(options);
          let seen;
          client.middlewareStack.add((next) => async (given) => {
            const answer = await next(given);
            seen = answer.response.headers['x-seen'];
            return answer;
          }, { step: 'deserialize' });
          await client.send(new ListTablesCommand({}));
          return JSON.parse(seen);
        };`,
    },
    functions: (folder) => [
      functionIn(folder, 'calls', { timeoutSeconds: 10 }),
      functionIn(folder, 'sdk', { timeoutSeconds: 10 }),
      functionIn(folder, 'pointed', {
        handler: 'sdk.handler',
        timeoutSeconds: 10,
        environment: { AWS_ENDPOINT_URL: `${origin}/elsewhere` },
      }),
    ],
    routes: () =>
      routed
        ? [
            { hostPattern: 'dynamodb.*.amazonaws.com', origin: securely ?? origin },
            { hostPattern: 'abc123.execute-api.*', origin },
            ...['s3.*', '*.s3.*', '*.lambda-url.*'].map((hostPattern) => ({ hostPattern, origin })),
          ]
        : [],
  });
});
afterAll(async () => {
  await bench.stop();
  server.close();
});

const dynamodb = 'dynamodb.eu-west-1.amazonaws.com';

test('calls to AWS host names go where the routes say, with the host that was asked for', async () => {
  expect(await bench.call('calls', { way: 'sdk', host: dynamodb })).toEqual({
    method: 'POST',
    url: '/?a=1',
    host: dynamodb,
    token: 't',
    body: 'body',
  });
  expect(await bench.call('calls', { way: 'get', host: dynamodb })).toMatchObject({
    method: 'GET',
    url: '/path',
    host: dynamodb,
    token: 'g',
  });
  const host = 'abc123.execute-api.us-east-1.amazonaws.com';
  expect(await bench.call('calls', { way: 'fetch', host })).toEqual({
    method: 'PUT',
    url: '/f?x=y',
    host,
    token: 'f',
    body: 'fetched',
    status: 200,
    at: `https://${host}/f?x=y`,
  });
});

test.each([
  ['by default', {}, 'dynamodb.us-east-1.amazonaws.com'],
  ['for another region', { region: 'eu-north-1' }, 'dynamodb.eu-north-1.amazonaws.com'],
  ['for FIPS', { useFipsEndpoint: true }, 'dynamodb-fips.us-east-1.amazonaws.com'],
  ['for both IP versions', { useDualstackEndpoint: true }, 'dynamodb.us-east-1.api.aws'],
  ['with an endpoint', { endpoint: 'https://dynamodb.ap-south-1.amazonaws.com' }, 'dynamodb.ap-south-1.amazonaws.com'],
])('an SDK client needs no switch: %s', async (_, options, host) => {
  expect(await bench.call('sdk', options)).toEqual({ host, target: 'DynamoDB_20120810.ListTables' });
});

test('an endpoint that the function names itself is where its clients go', async () => {
  const host = new URL(origin).host;
  expect(await bench.call('pointed')).toMatchObject({ host });
  expect(await bench.call('sdk', { endpoint: origin })).toMatchObject({ host });
});

test.each([
  'photos.s3.eu-west-1.amazonaws.com',
  'photos.s3.dualstack.eu-west-1.amazonaws.com',
  's3.eu-west-1.amazonaws.com',
  'photos.s3-fips.us-east-1.amazonaws.com',
  'url-id.lambda-url.eu-west-1.on.aws',
  'dynamodb.cn-north-1.amazonaws.com.cn',
  'DynamoDB.EU-West-1.amazonaws.com.',
])('every name of a service leads to it: %s', async (host) => {
  expect(await bench.call('calls', { way: 'get', host })).toMatchObject({ url: '/path', token: 'g' });
});

test('threads that a handler starts are led as it is', async () => {
  expect(await bench.call('calls', { way: 'thread', host: dynamodb })).toMatchObject({
    url: '/path',
    token: 'th',
    host: dynamodb,
  });
  expect((await bench.invoke('calls', { way: 'thread', host: 'sqs.eu-west-1.amazonaws.com' })).payload).toContain(
    'sqs.eu-west-1',
  );
});

test('a WebSocket finds its API', async () => {
  const asked = once(echo, 'upgrade');
  const call = bench.invoke('calls', { way: 'socket', host: 'abc123.execute-api.us-east-1.amazonaws.com' });
  const [request, socket] = await asked;
  socket.destroy();
  expect(request.url).toBe('/dev');
  expect((await call).functionError).toBe('Unhandled');
});

test('what was signed arrives as it was signed', async () => {
  expect(await bench.call('calls', { way: 'signed', host: 'photos.s3.eu-west-1.amazonaws.com' })).toEqual({
    url: '/path?X-Amz-Signature=a%2Fb&x=1',
    authorization: 'AWS4-HMAC-SHA256 x',
    date: '20310101T000000Z',
    host: 'photos.s3.eu-west-1.amazonaws.com',
  });
});

test('fetch unpacks and follows as ever', async () => {
  expect(await bench.call('calls', { way: 'packed', host: dynamodb })).toBe('unpacked');
  expect(await bench.call('calls', { way: 'moved', host: dynamodb })).toEqual([200, 'GET']);
  expect(await bench.call('calls', { way: 'moved', host: dynamodb, redirect: 'manual' })).toEqual([302, null]);
});

test.each(['sdk', 'get', 'fetch', 'net', 'tls', 'http2', 'undici', 'socket', 'request'])(
  'what has no route is refused, and the refusal says what to do: %s',
  async (way) => {
    const { payload, functionError } = await bench.invoke('calls', { way, host: 'sqs.eu-west-1.amazonaws.com' });
    expect(functionError).toBe('Unhandled');
    expect(JSON.parse(payload)).toMatchObject({
      errorType: 'AwsCallRefused',
      errorMessage: expect.stringMatching(/sqs\.eu-west-1\.amazonaws\.com.*AWS_ENDPOINT_URL_SQS.*--allow-aws/),
    });
  },
);

test.each(['net', 'tls', 'http2', 'undici', 'request'])(
  'what has a route and does not come over HTTP/1.1 is refused for its protocol: %s',
  async (way) => {
    const { payload } = await bench.invoke('calls', { way, host: dynamodb });
    expect(JSON.parse(payload)).toMatchObject({
      errorType: 'AwsCallRefused',
      errorMessage: expect.stringMatching(
        /dynamodb\.eu-west-1\.amazonaws\.com was refused for its protocol.*HTTP\/1\.1/,
      ),
    });
  },
);

test.each(['get', 'fetch'])('an endpoint with https is spoken to in TLS, by its own name: %s', async (way) => {
  const greetings: Buffer[] = [];
  const secure = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', (greeting) => {
      greetings.push(greeting);
      socket.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(secure, 'listening');
  securely = `https://localhost:${(secure.address() as AddressInfo).port}`;
  bench.runtime.updateRoutes();
  expect((await bench.invoke('calls', { way, host: dynamodb })).functionError).toBe('Unhandled');
  securely = null;
  bench.runtime.updateRoutes();
  secure.close();
  // The record type of a TLS handshake, and the name that it asks for.
  expect(greetings[0]![0]).toBe(0x16);
  expect(greetings[0]!.toString('latin1')).toContain('localhost');
  expect(greetings[0]!.toString('latin1')).not.toContain(dynamodb);
});

test.each([
  'fn.on.aws',
  'sqs-fips.us-gov-west-1.amazonaws.com',
  'sqs.eusc-de-east-1.amazonaws.eu',
  'sts.amazonaws.com',
])('no name of AWS slips through: %s', async (host) => {
  const { payload } = await bench.invoke('calls', { way: 'fetch', host });
  expect(JSON.parse(payload)).toMatchObject({
    errorType: 'AwsCallRefused',
    errorMessage: expect.stringContaining(host),
  });
});

test('other hosts are left alone', async () => {
  expect(await bench.call('calls', { way: 'plain', url: `${origin}/other` })).toMatchObject({ url: '/other' });
});

test('new routes reach the environments that run', async () => {
  routed = false;
  bench.runtime.updateRoutes();
  expect((await bench.invoke('calls', { way: 'sdk', host: dynamodb })).payload).toContain('AwsCallRefused');
  routed = true;
  bench.runtime.updateRoutes();
  expect(await bench.call('calls', { way: 'sdk', host: dynamodb })).toMatchObject({ host: dynamodb });
});
