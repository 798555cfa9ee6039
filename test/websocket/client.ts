import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { connect as connectSocket, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { until } from './served-plane.ts';

export type Client = {
  readonly socket: WebSocket;
  readonly received: string[];
  /** The next message that nobody has taken yet. */
  next(): Promise<string>;
  closed(): Promise<{ code: number; reason: string }>;
  send(message: unknown): void;
};

export const connect = async (url: string, options: ClientOptions = {}, protocols: string[] = []): Promise<Client> => {
  const socket = new WebSocket(url, protocols, options);
  onTestFinished(() => socket.terminate());
  const received: string[] = [];
  let taken = 0;
  let end: { code: number; reason: string } | null = null;
  socket.on('message', (data) => received.push(data.toString()));
  socket.on('close', (code, reason) => {
    end = { code, reason: reason.toString() };
  });
  await once(socket, 'open');
  socket.on('error', () => {});
  return {
    socket,
    received,
    async next() {
      await until(() => received.length > taken, 'a message');
      return received[taken++]!;
    },
    async closed() {
      await until(() => end !== null, 'the close');
      return end!;
    },
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  };
};

export type Refusal = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: string };

/** A handshake that must fail. */
export const refused = (url: string, options: ClientOptions = {}): Promise<Refusal> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options);
    socket.on('open', () => {
      socket.terminate();
      reject(new Error('the handshake succeeded'));
    });
    socket.on('error', () => {});
    socket.on('unexpected-response', async (_request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() });
    });
  });

/** A connection whose bytes the test writes itself. */
export const rawConnection = async (port: number, path = '/dev'): Promise<Socket> => {
  const socket = connectSocket(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => {});
  socket.write(handshakeText(path));
  const [head] = await once(socket, 'data');
  if (!String(head).startsWith('HTTP/1.1 101')) throw new Error(String(head));
  return socket;
};

const key = createHash('md5').update('gavel').digest('base64');
export const handshakeText = (path: string, headers: readonly string[] = []): string =>
  [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    `Sec-WebSocket-Key: ${key}`,
    'Sec-WebSocket-Version: 13',
    ...headers,
    '\r\n',
  ].join('\r\n');

export const opcodes = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 } as const;

/** One frame as a client sends it: masked, here with zeros, so that the payload stays readable. */
export const frame = (opcode: number, payload: Buffer | string, fin = true): Buffer => {
  const body = Buffer.from(payload);
  const first = (fin ? 0x80 : 0) | opcode;
  const mask = [0, 0, 0, 0];
  if (body.length < 126) return Buffer.concat([Buffer.from([first, 0x80 | body.length, ...mask]), body]);
  if (body.length < 65_536) {
    return Buffer.concat([Buffer.from([first, 0x80 | 126, body.length >> 8, body.length & 0xff, ...mask]), body]);
  }
  const length = Buffer.alloc(8);
  length.writeBigUInt64BE(BigInt(body.length));
  return Buffer.concat([Buffer.from([first, 0x80 | 127]), length, Buffer.from(mask), body]);
};

/** An error frame, byte for byte but for its ids. */
export const errorFrame = (message: string): RegExp =>
  new RegExp(`^\\{"message": "${message}", "connectionId":"[\\w-]{15}=", "requestId":"[\\w-]{15}="\\}$`);
