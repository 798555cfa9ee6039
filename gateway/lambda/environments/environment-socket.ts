import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { secret } from '../../ids.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type FrameListener, type FrameType, frameReader, frameType } from '../frames.ts';

/** What listens to a connection once its environment has said who it is. */
export type Connected = { readonly onFrame: FrameListener; onClose(): void };

/** A Unix socket's path has 104 bytes on macOS, a few more on Linux: the folder must leave room for a name and the end. */
const mostBytes = 100;

/**
 * The local socket on which every environment connects straight to the gateway: a Unix socket in a folder that only
 * this user can enter, or a named pipe on Windows. Who connects must know the secret.
 */
export class EnvironmentSocket {
  readonly secret = secret(24);
  readonly path: string;
  readonly #folder: string | null;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #accept: (id: number, socket: Socket) => Connected | null;
  #listening: Promise<void> | null = null;

  constructor(accept: (id: number, socket: Socket) => Connected | null) {
    this.#accept = accept;
    this.#folder = process.platform === 'win32' ? null : temporaryFolder(mostBytes);
    this.path = this.#folder ? join(this.#folder, 's') : `\\\\.\\pipe\\gavel-${secret(12)}`;
    this.#server = createServer((socket) => this.#greet(socket));
    this.#server.unref();
  }

  listen(): Promise<void> {
    this.#listening ??= new Promise((done, failed) => {
      this.#server.once('error', failed);
      this.#server.listen(this.path, done);
    });
    return this.#listening;
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    let connected: Connected | null = null;
    const onFrame = (type: FrameType, head: string, body: string): void => {
      if (connected) {
        connected.onFrame(type, head, body);
        return;
      }
      const hello = type === frameType.hello ? (JSON.parse(head) as { id: number; secret: string }) : null;
      connected = hello?.secret === this.secret ? this.#accept(hello.id, socket) : null;
      if (!connected) socket.destroy();
    };
    socket.on('data', frameReader(onFrame));
    // A reset is how a dying process says goodbye; 'close' follows and is what counts.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      connected?.onClose();
    });
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#listening) await new Promise<void>((done) => this.#server.close(() => done()));
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }
}
