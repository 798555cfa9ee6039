import type { Socket } from 'node:net';
import { encodeChunk, encodeFrame, type FrameType } from '../frames.ts';
import type { ChunkSink } from './response-stream.ts';

export type FrameSender = {
  /** At once, so that an endless loop or an exit after it takes nothing along. */
  readonly send: (type: FrameType, head: string, body: string) => void;
  /** At the end of the turn: the answers of several swift events then leave in one write. */
  readonly sendTogether: (type: FrameType, head: string, body: string) => void;
  readonly sendChunk: ChunkSink;
};

export const frameSender = (socket: Socket): FrameSender => {
  // A handler may replace what it likes of its own globals, and the way home must stay.
  const { nextTick } = process;
  let together = false;
  const leave = (): void => {
    together = false;
    socket.uncork();
  };
  process.on('exit', () => {
    if (together) leave();
  });
  return {
    send(type, head, body) {
      if (together) leave();
      socket.write(encodeFrame(type, head, body));
    },
    sendTogether(type, head, body) {
      if (!together) {
        together = true;
        socket.cork();
        nextTick(() => {
          if (together) leave();
        });
      }
      socket.write(encodeFrame(type, head, body));
    },
    sendChunk(contentType, bytes, done) {
      if (together) leave();
      socket.write(encodeChunk(contentType, bytes), done);
    },
  };
};
