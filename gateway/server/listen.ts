import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { GavelError } from '../problem.ts';

export type Listening = { readonly port: number; close(): Promise<void> };

/** Another program has the port. */
export class PortTaken extends GavelError {}

/** Binds to loopback only; 0 lets the system choose. Closing ends open connections too. */
export const listen = async (server: Server, port: number, what: string): Promise<Listening> => {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    // Small answers must leave at once: Nagle's algorithm would hold them back for the client's acknowledgement.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException): void => reject(portProblem(error, port, what));
    server.once('error', fail);
    try {
      server.listen(port, '127.0.0.1', resolve);
    } catch (error) {
      fail(error as NodeJS.ErrnoException);
    }
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

const portProblem = (error: NodeJS.ErrnoException, port: number, what: string): GavelError => {
  const taken = error.code === 'EADDRINUSE';
  return new (taken ? PortTaken : GavelError)({
    what: taken
      ? `Port ${port} of 127.0.0.1, wanted for ${what}, is taken by another program`
      : `Cannot listen on port ${port} of 127.0.0.1 for ${what}: ${error.message}`,
    place: null,
    remedy: `${taken ? 'Stop that program, or choose' : 'Choose'} another base port with --port N (--port 0 lets the system choose).`,
  });
};
