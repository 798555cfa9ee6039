import type { Socket } from 'node:net';

/** Frames on their way to an environment. Those of one turn of the event loop leave in one write. */
export class FrameOutbox {
  socket: Socket | null = null;
  #frames: Buffer[] = [];

  push(frame: Buffer): void {
    if (this.#frames.push(frame) === 1) setImmediate(() => this.#leave());
  }

  /** For an environment that waits for this one. What was pushed before goes before. */
  pushNow(frame: Buffer): void {
    this.#frames.push(frame);
    this.#leave();
  }

  #leave(): void {
    const frames = this.#frames;
    if (frames.length === 0) return;
    this.#frames = [];
    this.socket?.write(frames.length === 1 ? frames[0]! : Buffer.concat(frames));
  }
}
