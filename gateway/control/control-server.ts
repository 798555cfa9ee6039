import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { IdentityStore } from '../auth/identities.ts';
import type { Clock } from '../clock.ts';
import type { Api } from '../model/application.ts';
import type { Readiness } from '../readiness.ts';
import { type Listening, listen } from '../server/listen.ts';
import { type ApiRequest, apiRequest } from '../server/messages.ts';
import { readBody } from '../server/request-body.ts';
import { isAuthentic } from './authentic.ts';
import { indexPage } from './index-page.ts';
import { isLambdaPath } from './lambda/lambda-path.ts';
import type { LambdaReply } from './lambda/reply.ts';

export type ControlOptions = {
  readonly port: number;
  readonly clock: Clock;
  readonly identities: IdentityStore;
  readonly region: string;
  readonly stackName: string;
  readiness(): Readiness;
  apis(): readonly Api[];
  /** Lambda's own API. */
  lambda(request: ApiRequest): Promise<LambdaReply>;
  /** Gives functions back to the template; null means all. Returns the names of those that changed. */
  unpin(functionName: string | null): Promise<readonly string[]>;
  stop(): void;
};

type Reply = LambdaReply;

const json = (status: number, value: unknown): Reply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(value)}\n`,
});

/** The base port: an index of all URLs for people, the same as JSON, and the way to stop the gateway. */
export const serveControl = async (options: ControlOptions): Promise<Listening> => {
  const server = createServer((incoming, outgoing) => void answer(options, incoming, outgoing));
  return listen(server, options.port, 'the control plane');
};

const answer = async (options: ControlOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const reply = await route(options, incoming).catch((error: Error) => json(500, { message: error.message }));
  outgoing.writeHead(reply.status, {
    ...reply.headers,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  const { body } = reply;
  if (typeof body === 'string') outgoing.end(incoming.method === 'HEAD' ? undefined : body);
  // Whoever goes away ends the stream; there is nobody left to tell. Who went before it began is none of pipeline's.
  else pipeline(body, outgoing).catch(() => void body.destroy());
};

const route = async (options: ControlOptions, incoming: IncomingMessage): Promise<Reply> => {
  const body = await readBody(incoming);
  const request = apiRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.rawHeaders, body, '127.0.0.1');
  // Handlers call it by AWS's name for it, and its signature is asked for whatever the name.
  if (isLambdaPath(request.path)) return options.lambda(request);
  // A page of another site may resolve its own name to 127.0.0.1; only names of this machine are served.
  if (!isLocalName(incoming.headers.host)) return json(403, { message: 'This port answers to localhost only.' });
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  switch (request.path) {
    case '/':
      if (!isRead) return json(405, { message: 'GET shows the index.' });
      return {
        status: 200,
        headers: { 'content-type': 'text/html; charset=utf-8' },
        body: indexPage(options.stackName, options.readiness(), options.apis()),
      };
    case '/apis':
      // Without the credentials: any page may read it, only who started the gateway may act.
      if (!isRead) return json(405, { message: 'GET lists the APIs.' });
      return json(200, { apis: options.readiness().apis });
    case '/stop':
      if (request.method !== 'POST') return json(405, { message: 'POST stops the gateway.' });
      if (!isOwner(options, request)) return unsigned;
      // After the answer has left.
      setImmediate(options.stop);
      return json(202, { stopping: true });
    case '/unpin':
      if (request.method !== 'POST') return json(405, { message: 'POST gives functions back to the template.' });
      if (!isOwner(options, request)) return unsigned;
      return json(200, { unpinned: await options.unpin(new URLSearchParams(request.query).get('function')) });
    default:
      return json(404, { message: `Nothing is served at ${request.path}; / lists what there is.` });
  }
};

const isOwner = ({ identities, region, clock }: ControlOptions, request: ApiRequest): boolean =>
  isAuthentic(request, identities, region, clock.now());

const unsigned = json(403, {
  message:
    'Sign the request with the credentials that start printed (SigV4), or send them as user and password (Basic).',
});

const isLocalName = (host: string | undefined): boolean =>
  /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/i.test(host ?? '');
