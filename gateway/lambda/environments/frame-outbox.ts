import type { Socket } from 'node:net';
import { encodeFrame, type FrameType } from '../frames.ts';

/** Frames on their way to an environment. Those of one turn of the event loop leave in one write. */
export class FrameOutbox {
  socket: Socket | null = null;
  #frames: Buffer[] = [];

  push(type: FrameType, head = '', body = ''): void {
    if (this.#frames.push(encodeFrame(type, head, body)) === 1) setImmediate(() => this.#leave());
  }

  /** For an environment that waits for this one. What was pushed before goes before. */
  pushNow(type: FrameType, head: string, body = ''): void {
    this.#frames.push(encodeFrame(type, head, body));
    this.#leave();
  }

  #leave(): void {
    const frames = this.#frames;
    if (frames.length === 0) return;
    this.#frames = [];
    this.socket?.write(frames.length === 1 ? frames[0]! : Buffer.concat(frames));
  }
}
