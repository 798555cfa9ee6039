import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { IdentityStore } from '../auth/identities.ts';
import type { Clock } from '../clock.ts';
import type { Api } from '../model/application.ts';
import type { Readiness } from '../readiness.ts';
import { type Listening, listen } from '../server/listen.ts';
import { apiRequest } from '../server/messages.ts';
import { readBody } from '../server/request-body.ts';
import { isAuthentic } from './authentic.ts';
import { indexPage } from './index-page.ts';

export type ControlOptions = {
  readonly port: number;
  readonly clock: Clock;
  readonly identities: IdentityStore;
  readonly region: string;
  readonly stackName: string;
  readiness(): Readiness;
  apis(): readonly Api[];
  stop(): void;
};

type Reply = { readonly status: number; readonly type: string; readonly text: string };

const json = (status: number, value: unknown): Reply => ({
  status,
  type: 'application/json',
  text: `${JSON.stringify(value)}\n`,
});

/** The base port: an index of all URLs for people, the same as JSON, and the way to stop the gateway. */
export const serveControl = async (options: ControlOptions): Promise<Listening> => {
  const server = createServer((incoming, outgoing) => void answer(options, incoming, outgoing));
  return listen(server, options.port, 'the control plane');
};

const answer = async (options: ControlOptions, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
  const reply = await route(options, incoming).catch((error: Error) => json(500, { message: error.message }));
  outgoing.writeHead(reply.status, {
    'content-type': reply.type,
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  outgoing.end(incoming.method === 'HEAD' ? undefined : reply.text);
};

const route = async (options: ControlOptions, incoming: IncomingMessage): Promise<Reply> => {
  // A page of another site may resolve its own name to 127.0.0.1; only names of this machine are served.
  if (!isLocalName(incoming.headers.host)) return json(403, { message: 'This port answers to localhost only.' });
  const body = await readBody(incoming);
  const request = apiRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.rawHeaders, body, '127.0.0.1');
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  switch (request.path) {
    case '/':
      if (!isRead) return json(405, { message: 'GET shows the index.' });
      return {
        status: 200,
        type: 'text/html; charset=utf-8',
        text: indexPage(options.stackName, options.readiness(), options.apis()),
      };
    case '/apis':
      // Without the credentials: any page may read it, only who started the gateway may act.
      if (!isRead) return json(405, { message: 'GET lists the APIs.' });
      return json(200, { apis: options.readiness().apis });
    case '/stop': {
      if (request.method !== 'POST') return json(405, { message: 'POST stops the gateway.' });
      if (!isAuthentic(request, options.identities, options.region, options.clock.now())) {
        return json(403, {
          message:
            'Sign the request with the credentials that start printed (SigV4), or send them as user and password (Basic).',
        });
      }
      // After the answer has left.
      setImmediate(options.stop);
      return json(202, { stopping: true });
    }
    default:
      return json(404, { message: `Nothing is served at ${request.path}; / lists what there is.` });
  }
};

const isLocalName = (host: string | undefined): boolean =>
  /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/i.test(host ?? '');
