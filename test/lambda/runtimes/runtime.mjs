// A runtime of a few lines for tests: loads `file.function` from the working folder and speaks the Runtime API.

import { request } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const [file, name] = process.env._HANDLER.split('.');
const post = (path, body, headers = {}) => fetch(`${api}${path}`, { method: 'POST', body, headers });
const fail = (error) => JSON.stringify({ errorType: error.name, errorMessage: error.message, stackTrace: [] });

let handler;
try {
  handler = (await import(pathToFileURL(resolve(`${file}.mjs`)).href))[name];
} catch (error) {
  await post('/init/error', fail(error), { 'Lambda-Runtime-Function-Error-Type': 'Runtime.InitError' });
  process.exit(1);
}

/** Pieces with an error after them, as trailers: what `fetch` cannot send. */
const stream = (id, pieces, error) =>
  new Promise((done, failed) => {
    const outgoing = request(`${api}/invocation/${id}/response`, {
      method: 'POST',
      headers: {
        'Content-Type': 'text/plain',
        'Lambda-Runtime-Function-Response-Mode': 'streaming',
        'Transfer-Encoding': 'chunked',
        Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
      },
    });
    outgoing.on('response', (incoming) => incoming.resume().on('end', done)).on('error', failed);
    for (const piece of pieces) outgoing.write(piece);
    if (error) {
      outgoing.addTrailers({
        'Lambda-Runtime-Function-Error-Type': error.name,
        'Lambda-Runtime-Function-Error-Body': Buffer.from(fail(error)).toString('base64'),
      });
    }
    outgoing.end();
  });

for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const id = next.headers.get('lambda-runtime-aws-request-id');
  const event = await next.json();
  try {
    const answer = await handler(event, Object.fromEntries(next.headers));
    if (answer?.pieces)
      await stream(id, answer.pieces, answer.error && Object.assign(new Error(answer.error), { name: 'Midway' }));
    else await post(`/invocation/${id}/response`, JSON.stringify(answer ?? null));
  } catch (error) {
    await post(`/invocation/${id}/error`, fail(error), { 'Lambda-Runtime-Function-Error-Type': 'Handler.Error' });
  }
}
