import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { frameType } from '../frames.ts';
import { type AnswerSink, errorOf, readAnswer } from './runtime-answer.ts';
import type { RuntimeEvent, RuntimeEvents } from './runtime-events.ts';

export type RuntimeApiOptions = {
  readonly events: RuntimeEvents;
  readonly sink: AnswerSink;
  /** The runtime has asked for its first event: its init phase is over. */
  initialized(): void;
  initFailed(error: string): void;
  /** What people should know of a call that is not served. */
  refused(text: string): void;
};

/** Lambda's Runtime API of 2018-06-01, for one environment. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
export const startRuntimeApi = async (options: RuntimeApiOptions): Promise<{ server: Server; port: number }> => {
  const server = createServer((request, response) => {
    route(options, request, response).catch(() => response.destroy());
  });
  // A runtime may wait for its next event as long as it likes.
  Object.assign(server, { requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0, timeout: 0 });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { server, port: (server.address() as AddressInfo).port };
};

const prefix = '/2018-06-01/runtime/';

const route = async (options: RuntimeApiOptions, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = (request.url ?? '').split('?')[0]!;
  if (!path.startsWith(prefix)) return refuse(options, request, response, path);
  const [what = '', id = '', verb = ''] = path.slice(prefix.length).split('/');
  const asked = `${request.method} ${what}/${verb || id}`;
  if (asked === 'GET invocation/next') next(options, response);
  else if (asked === 'POST init/error') {
    const body = await textOf(request);
    accept(response);
    options.initFailed(errorOf(body, errorType(request)));
  } else if (asked === 'POST invocation/response') await respond(options, request, response, id);
  else if (asked === 'POST invocation/error') {
    if (!isCurrent(options, response, id)) return;
    const body = await textOf(request);
    accept(response);
    answer(options, frameType.failure, errorOf(body, errorType(request)));
  } else say(response, 404, { errorType: 'NotFound', errorMessage: `There is no ${request.method} ${path}.` });
};

const next = ({ events, initialized }: RuntimeApiOptions, response: ServerResponse): void => {
  initialized();
  events.next(({ head, payload, deadlineMs }: RuntimeEvent) => {
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(payload),
      'Lambda-Runtime-Aws-Request-Id': head.requestId,
      'Lambda-Runtime-Deadline-Ms': String(deadlineMs),
      'Lambda-Runtime-Invoked-Function-Arn': head.arn,
      'Lambda-Runtime-Trace-Id': head.traceId,
      ...(head.clientContext === undefined
        ? {}
        : { 'Lambda-Runtime-Client-Context': Buffer.from(head.clientContext, 'base64').toString('utf8') }),
    });
    response.end(payload);
  });
};

const respond = async (
  options: RuntimeApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> => {
  const event = isCurrent(options, response, id);
  if (!event) return;
  const read = await readAnswer(request, event.head.streams ? options.sink : null);
  if (options.events.current !== event) return;
  if (read.kind === 'too-large') {
    const { bytes, most } = read;
    say(response, 413, {
      errorType: 'RequestEntityTooLarge',
      errorMessage: `Exceeded maximum allowed payload size (${most} bytes).`,
    });
    const errorMessage = `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${most} bytes).`;
    const failure = JSON.stringify({ errorType: 'Function.ResponseSizeTooLarge', errorMessage });
    answer(options, frameType.failure, failure);
    return;
  }
  accept(response);
  answer(options, read.kind === 'failed' ? frameType.failure : frameType.result, read.body);
};

/** At the end of the turn: what the runtime has printed before it answered is read first. */
const answer = (
  { events }: RuntimeApiOptions,
  type: typeof frameType.result | typeof frameType.failure,
  body: string,
): void => {
  setImmediate(() => events.answer(type, body));
};

const isCurrent = ({ events }: RuntimeApiOptions, response: ServerResponse, id: string): RuntimeEvent | null => {
  if (events.current?.head.requestId === id) return events.current;
  say(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
  return null;
};

/** Extensions would have to run beside the function; and SDKs are sent here with what nothing here stands for. */
const refuse = (
  { refused }: RuntimeApiOptions,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): void => {
  const isExtension = /^\/\d{4}-\d\d-\d\d\/(?:extension|logs|telemetry)/.test(path);
  const errorMessage = isExtension
    ? `Extensions do not run here: ${request.method} ${path} is not served.`
    : `Nothing here stands for the AWS service that is called with ${request.method} ${path} (--allow-aws lets the call reach AWS).`;
  refused(errorMessage);
  const errorType = isExtension ? 'Extension.NotSupported' : 'ServiceNotEmbedded';
  response.setHeader('x-amzn-errortype', errorType);
  say(response, 501, { errorType, errorMessage, __type: errorType, message: errorMessage });
};

const errorType = (request: IncomingMessage): string | undefined =>
  request.headers['lambda-runtime-function-error-type'] as string | undefined;

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

const accept = (response: ServerResponse): void => say(response, 202, { status: 'OK' });

const say = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
};
