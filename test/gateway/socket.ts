import { once } from 'node:events';
import WebSocket from 'ws';

export type TestSocket = {
  readonly socket: WebSocket;
  send(message: unknown): void;
  /** The next message that fits, those before it included; fails after five seconds. */
  next(fits: (message: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  close(): Promise<void>;
};

/** A client that keeps what arrives, so that a test waits for a message and never for a time. */
export const openSocket = async (url: string): Promise<TestSocket> => {
  const socket = new WebSocket(url);
  const arrived: Record<string, unknown>[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    arrived.push(JSON.parse(data.toString()) as Record<string, unknown>);
    for (const look of waiting) look();
  });
  await once(socket, 'open');
  return {
    socket,
    send: (message) => socket.send(JSON.stringify(message)),
    next: (fits) =>
      new Promise((resolve, reject) => {
        const deadline = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`No such message within 5 s; there are ${JSON.stringify(arrived)}`));
        }, 5000);
        const look = (): void => {
          const at = arrived.findIndex(fits);
          if (at < 0) return;
          clearTimeout(deadline);
          waiting.delete(look);
          resolve(arrived.splice(0, at + 1)[at]!);
        };
        waiting.add(look);
        look();
      }),
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      socket.close();
      await once(socket, 'close');
    },
  };
};
