/** The largest frame that a client may send. */
export const maxFrameBytes = 32_768;
/** The largest message, of one frame or many, in either direction. */
export const maxMessageBytes = 131_072;

/**
 * Reads the headers of a client's frames as they pass. `ws` knows a limit for messages but hands out no frames, so
 * this looks at the same bytes before `ws` does and remembers the first message that has a frame over the limit: what
 * came before it still counts, it and what follows do not.
 */
export class FrameWatch {
  /** The number of the first message with an oversized frame, counted from 0; Infinity while there is none. */
  oversized = Number.POSITIVE_INFINITY;
  /** Messages whose last frame has begun. */
  #messages = 0;
  /** Bytes of a payload still to come. */
  #payloadLeft = 0;
  readonly #header = Buffer.alloc(14);
  #headerLength = 0;

  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.oversized === Number.POSITIVE_INFINITY) {
      if (this.#payloadLeft > 0) {
        const skipped = Math.min(this.#payloadLeft, chunk.length - at);
        this.#payloadLeft -= skipped;
        at += skipped;
      } else {
        this.#header[this.#headerLength++] = chunk[at++]!;
        if (this.#headerLength >= 2 && this.#headerLength === this.#headerSize()) this.#frame();
      }
    }
  }

  #headerSize(): number {
    const masked = this.#header[1]! & 0x80 ? 4 : 0;
    const length = this.#header[1]! & 0x7f;
    return 2 + masked + (length === 127 ? 8 : length === 126 ? 2 : 0);
  }

  #frame(): void {
    const short = this.#header[1]! & 0x7f;
    if (short === 127) this.#payloadLeft = Number(this.#header.readBigUInt64BE(2));
    else this.#payloadLeft = short === 126 ? this.#header.readUInt16BE(2) : short;
    this.#headerLength = 0;
    const isData = (this.#header[0]! & 0x0f) < 0x08;
    if (!isData) return;
    if (this.#payloadLeft > maxFrameBytes) this.oversized = this.#messages;
    if (this.#header[0]! & 0x80) this.#messages++;
  }
}
