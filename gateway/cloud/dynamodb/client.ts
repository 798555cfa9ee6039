import http from 'node:http';
import https from 'node:https';
import { type Credentials, createSigner } from './signature.ts';

/** An error that DynamoDB answered; `name` is its exception's name, as in the SDK. */
export class DynamoDbError extends Error {
  readonly status: number;
  /** The whole body: `CancellationReasons`, `Item` and their like. */
  readonly body: Readonly<Record<string, unknown>>;
  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body.message ?? body.Message ?? `status ${status}`));
    this.name = String(body.__type ?? 'UnknownError').replace(/^.*#/, '');
    this.status = status;
    this.body = body;
  }
}

export const isDynamoDbError = (error: unknown, name: string): boolean =>
  error instanceof DynamoDbError && error.name === name;

export type DynamoDbClient = {
  call<T>(action: string, input: unknown): Promise<T>;
  callStreams<T>(action: string, input: unknown): Promise<T>;
  close(): void;
};

export const createDynamoDbClient = (endpoint: string, region: string, credentials: Credentials): DynamoDbClient => {
  const url = new URL(endpoint);
  const streamsUrl = new URL(endpoint);
  // AWS serves the streams from a host of their own; every local engine serves both from one.
  if (/^dynamodb\.[^.]+\.amazonaws\.com$/.test(url.hostname)) streamsUrl.hostname = `streams.${url.hostname}`;
  const { Agent, request } = url.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 32 });
  const sign = createSigner(credentials, region);

  const exchange = (to: URL, target: string, body: string, retry: boolean): Promise<[status: number, text: string]> =>
    new Promise((resolve, reject) => {
      // AWS compares this date with its own clock, so it is the system's and not the gateway's.
      const headers = sign(to.host, target, body, new Date());
      headers['content-length'] = String(Buffer.byteLength(body));
      const outgoing = request(to, { method: 'POST', agent, headers }, (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => resolve([incoming.statusCode ?? 0, Buffer.concat(chunks).toString()]));
      });
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        // A kept connection that the other side has closed meanwhile carried nothing: the request may go again.
        if (retry && outgoing.reusedSocket && error.code === 'ECONNRESET')
          exchange(to, target, body, false).then(resolve, reject);
        else reject(error);
      });
      outgoing.end(body);
    });

  const post = async <T>(to: URL, target: string, input: unknown): Promise<T> => {
    const [status, text] = await exchange(to, target, JSON.stringify(input), true);
    if (status === 200) return JSON.parse(text) as T;
    let body: Record<string, unknown>;
    try {
      body = JSON.parse(text);
    } catch {
      body = { message: text };
    }
    throw new DynamoDbError(status, body);
  };

  return {
    call: (action, input) => post(url, `DynamoDB_20120810.${action}`, input),
    callStreams: (action, input) => post(streamsUrl, `DynamoDBStreams_20120810.${action}`, input),
    close: () => agent.destroy(),
  };
};
