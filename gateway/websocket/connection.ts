import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Clock, Timer } from '../clock.ts';
import { type Closure, clientClosure, closures, protocolClosure } from './closure.ts';
import { FrameWatch } from './frame-watch.ts';

/** What stays true of a connection from its handshake to its end; later events repeat it. */
export type ConnectionFacts = {
  readonly connectionId: string;
  readonly stageName: string;
  /** Epoch milliseconds. */
  readonly connectedAt: number;
  readonly domainName: string;
  /** The Host header as integrations see it. */
  readonly host: string;
  readonly identity: ConnectionIdentity;
  /** The authorizer's context; null where none was asked. */
  readonly authorizer: Readonly<Record<string, unknown>> | null;
};

/** In the order in which events show it. */
export type ConnectionIdentity = {
  readonly accountId?: string;
  readonly caller?: string;
  readonly user?: string;
  readonly userArn?: string;
  readonly accessKey?: string;
  readonly userAgent?: string;
  readonly sourceIp: string;
};

export type ConnectionListener = {
  message(connection: Connection, text: string): Promise<void>;
  /** Called once, when the connection is no more, whoever ended it; the socket may still be closing. */
  ended(connection: Connection, closure: Closure): void;
};

const idleMs = 600_000;
const lifetimeMs = 7_200_000;
/** A client that does not read is let go before its backlog grows past this. */
const maxBacklogBytes = 2_097_152;
/** Past this many messages at work the client's socket is not read until one of them is done. */
const maxMessagesInFlight = 256;

const text = { binary: false } as const;

/** An open connection. */
export class Connection {
  readonly facts: ConnectionFacts;
  readonly #webSocket: WebSocket;
  readonly #clock: Clock;
  readonly #listener: ConnectionListener;
  readonly #frames = new FrameWatch();
  readonly #openedAt: number;
  #lastActive: number;
  #timer: Timer;
  #received = 0;
  #inFlight = 0;
  #ended = false;

  constructor(
    facts: ConnectionFacts,
    webSocket: WebSocket,
    socket: Duplex,
    clock: Clock,
    listener: ConnectionListener,
  ) {
    this.facts = facts;
    this.#webSocket = webSocket;
    this.#clock = clock;
    this.#listener = listener;
    this.#openedAt = clock.monotonic();
    this.#lastActive = this.#openedAt;
    this.#timer = clock.after(idleMs, () => this.#checkAge());
    socket.prependListener('data', (chunk: Buffer) => this.#watch(chunk));
    webSocket.on('message', (data: Buffer, isBinary) => this.#receive(data, isBinary));
    webSocket.on('error', (error: NodeJS.ErrnoException) => this.#finish(protocolClosure(error.code)));
    webSocket.on('close', (code, reason) => this.#finish(clientClosure(code, reason.toString())));
  }

  get isOpen(): boolean {
    return !this.#ended && this.#webSocket.readyState === this.#webSocket.OPEN;
  }

  get lastActiveAt(): number {
    return Math.floor(this.#clock.now() - (this.#clock.monotonic() - this.#lastActive));
  }

  /** Sends one text message; false where nobody is there to read it. */
  send(data: string | Buffer): boolean {
    if (!this.isOpen) return false;
    this.#webSocket.send(data, text);
    this.#lastActive = this.#clock.monotonic();
    // Pongs need no such care: `ws` itself ends a connection that leaves too many of them unread.
    if (this.#webSocket.bufferedAmount <= maxBacklogBytes) return true;
    this.#finish(closures.dropped);
    this.#webSocket.terminate();
    return false;
  }

  end(closure: Closure): void {
    this.#finish(closure);
    this.#webSocket.close(closure.code, closure.reason);
  }

  /** Resolves when the socket is closed too. */
  closed(): Promise<void> {
    if (this.#webSocket.readyState === this.#webSocket.CLOSED) return Promise.resolve();
    return new Promise((resolve) => this.#webSocket.once('close', () => resolve()));
  }

  /** Cuts the line without waiting for the client's close frame. */
  cut(): void {
    this.#webSocket.terminate();
  }

  #watch(chunk: Buffer): void {
    this.#frames.push(chunk);
    // `ws` reads this chunk next, with the messages that came before the oversized frame; then the end comes.
    if (this.#frames.oversized !== Number.POSITIVE_INFINITY && !this.#ended) {
      queueMicrotask(() => this.#ended || this.end(closures.tooBig));
    }
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#ended || this.#received++ >= this.#frames.oversized) return;
    if (isBinary) {
      this.end(closures.binary);
      return;
    }
    this.#lastActive = this.#clock.monotonic();
    if (++this.#inFlight === maxMessagesInFlight) this.#webSocket.pause();
    void this.#listener.message(this, data.toString()).finally(() => {
      if (this.#inFlight-- === maxMessagesInFlight) this.#webSocket.resume();
    });
  }

  /** One timer a connection: it looks when the end may have come, so that messages need not move it. */
  #checkAge(): void {
    const now = this.#clock.monotonic();
    const left = Math.min(this.#lastActive + idleMs - now, this.#openedAt + lifetimeMs - now);
    // A timer may come a fraction of a millisecond early.
    if (left < 1) this.end(closures.goingAway);
    else this.#timer = this.#clock.after(left, () => this.#checkAge());
  }

  #finish(closure: Closure): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#timer.cancel();
    this.#listener.ended(this, closure);
  }
}
