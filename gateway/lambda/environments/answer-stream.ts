import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import type { InvocationResult, InvocationStream } from '../invocation.ts';

/** What is read ahead of a slow reader before the environment is held back. */
const aheadBytes = 256 * 1024;

/**
 * An answer on its way to a caller that takes it piece by piece. It begins with the first bytes: a function that fails
 * before, or that streams nothing, is answered as any other is.
 */
export class AnswerStream {
  readonly #begun: (answer: InvocationResult | InvocationStream) => void;
  #body: Readable | null = null;
  #over: (result: InvocationResult) => void = () => {};
  #socket: Socket | null = null;

  constructor(begun: (answer: InvocationResult | InvocationStream) => void) {
    this.#begun = begun;
  }

  /** `socket` is the environment's: it is not read while the caller is slow, which slows the handler down. */
  chunk(
    of: { readonly requestId: string; readonly executedVersion: string },
    contentType: string,
    bytes: Buffer,
    socket: Socket,
  ): void {
    this.#socket = socket;
    this.#body ??= this.#begin(of, contentType);
    // Lambda lets a function go on whose caller has gone: what it still writes is nobody's.
    if (!this.#body.destroyed && !this.#body.push(bytes)) socket.pause();
  }

  finish(result: InvocationResult): void {
    this.#socket?.resume();
    if (!this.#body) {
      this.#begun(result);
      return;
    }
    if (!this.#body.destroyed) this.#body.push(null);
    this.#over(result);
  }

  #begin(of: { readonly requestId: string; readonly executedVersion: string }, contentType: string): Readable {
    const goOn = (): void => {
      this.#socket?.resume();
    };
    const body = new Readable({
      highWaterMark: aheadBytes,
      read: goOn,
      destroy(_error, done) {
        goOn();
        done(null);
      },
    });
    const outcome = new Promise<InvocationResult>((over) => {
      this.#over = over;
    });
    this.#begun({ kind: 'streaming', ...of, contentType, body, outcome });
    return body;
  }
}
