import { connect, type Socket } from 'node:net';

/** An environment that debuggers may attach to, on the port that its inspector took. */
export class Inspected {
  readonly #port: number;
  readonly #debuggers = new Set<Socket>();

  constructor(port: number) {
    this.#port = port;
  }

  /** Someone may be looking at a breakpoint: time that passes is not the handler's. */
  get isHeld(): boolean {
    return this.#debuggers.size > 0;
  }

  attach(client: Socket): void {
    const inspector = connect(this.#port, '127.0.0.1');
    this.#debuggers.add(client);
    const end = (): void => {
      this.#debuggers.delete(client);
      client.destroy();
      inspector.destroy();
    };
    for (const socket of [client, inspector]) socket.on('error', end).on('close', end);
    client.pipe(inspector).pipe(client);
  }

  /** A worker does not end before its debuggers have gone. */
  detachAll(): void {
    for (const client of this.#debuggers) client.destroy();
  }
}
