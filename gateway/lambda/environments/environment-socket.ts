import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { secret } from '../../ids.ts';
import { temporaryFolder } from '../../temporary-folder.ts';
import { type ChunkListener, type FrameListener, type FrameType, frameReader, frameType } from '../frames.ts';

/** What listens to a connection once its environment has said who it is. */
export type Connected = { readonly onFrame: FrameListener; readonly onChunk: ChunkListener; onClose(): void };

/** How an environment introduces itself. */
export type Hello = {
  readonly id: number;
  readonly secret: string;
  /** Where debuggers attach to it. */
  readonly inspectorPort?: number | null;
};

/** A Unix socket's path has 104 bytes on macOS, a few more on Linux: the folder must leave room for a name and the end. */
const mostBytes = 100;

/**
 * The local socket on which every environment connects straight to the gateway: a Unix socket in a folder that only
 * this user can enter, or a named pipe on Windows. Who connects must know the secret.
 */
export class EnvironmentSocket {
  readonly secret = secret(24);
  readonly path: string;
  /** Everything that its environments write lies below. */
  readonly folder: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #accept: (hello: Hello, socket: Socket) => Connected | null;
  #listening: Promise<void> | null = null;

  constructor(accept: (hello: Hello, socket: Socket) => Connected | null) {
    this.#accept = accept;
    this.folder = temporaryFolder(mostBytes);
    this.path = process.platform === 'win32' ? `\\\\.\\pipe\\gavel-${secret(12)}` : join(this.folder, 's');
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
      const hello = type === frameType.hello ? (JSON.parse(head) as Hello) : null;
      connected = hello?.secret === this.secret ? this.#accept(hello, socket) : null;
      if (!connected) socket.destroy();
    };
    socket.on(
      'data',
      frameReader(onFrame, (contentType, bytes) => connected?.onChunk(contentType, bytes)),
    );
    // A reset is how a dying process says goodbye; 'close' follows and is what counts.
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#sockets.delete(socket);
      connected?.onClose();
    });
  }

  /** Where an environment may write. */
  scratchOf(id: number): string {
    return join(this.folder, String(id));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#listening) await new Promise<void>((done) => this.#server.close(() => done()));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
