/**
 * The floor: node:http in front of the same handler, in the same host and worker, with nothing of API Gateway between.
 * Its event holds what any server would hand over, and its answer is read as any server would read it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '#gateway/clock.ts';
import { createLambdaRuntime } from '#gateway/lambda/runtime.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { readApplication } from '#gateway/template/read-application.ts';

const templateFile = path.join(path.dirname(import.meta.dirname), 'application/template.yaml');
const { application } = readApplication({ templateFile });
const [hello] = application.functions;
const buildDirectory = mkdtempSync(path.join(tmpdir(), 'gavel-bench-bare-'));
const lambda = createLambdaRuntime({
  functions: application.functions,
  layers: application.layers,
  account: { id: application.accountId, region: application.region, partition: application.partition },
  clock: systemClock,
  observer: createObserver(),
  buildDirectory,
  credentials: () => ({ accessKeyId: 'bench', secretAccessKey: 'bench' }),
  routes: () => [],
});
await lambda.start();
await lambda.ready();

type Answer = { readonly statusCode: number; readonly headers: Record<string, string>; readonly body: string };

const target = { name: hello!.name, qualifier: null };
const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', async () => {
    const event = { httpMethod: request.method, path: request.url, headers: request.headers, body };
    const result = await lambda.invoke({ function: target, payload: JSON.stringify(event) });
    if (result.kind !== 'answered' || result.functionError !== null) {
      response.writeHead(502).end();
      return;
    }
    const answer = JSON.parse(result.payload) as Answer;
    response.writeHead(answer.statusCode, answer.headers).end(answer.body);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}/hello\n`);
});
process.once('SIGTERM', async () => {
  server.close();
  server.closeAllConnections();
  await lambda.stop();
  rmSync(buildDirectory, { recursive: true, force: true });
});
