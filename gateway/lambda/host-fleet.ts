import type { Socket } from 'node:net';
import type { Environment } from './environments/environment.ts';
import { EnvironmentSocket } from './environments/environment-socket.ts';
import type { EnvironmentSpec } from './environments/environment-spec.ts';
import type { ExitReason } from './environments/failures.ts';
import { type HostEnd, HostProcess } from './host-process.ts';

export type FleetOptions = {
  readonly hosts: number;
  readonly compileCache: string;
  /** Tells people that a host died and what it said last. */
  hostDied(index: number, reason: ExitReason, lastWords: string): void;
};

/** The function hosts and the socket on which their environments come in. */
export class HostFleet {
  readonly #options: FleetOptions;
  readonly #hosts: readonly HostProcess[];
  readonly #socket: EnvironmentSocket;
  readonly #environments = new Map<number, Environment>();
  #lastId = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#socket = new EnvironmentSocket((id, socket) => this.#connected(id, socket));
    this.#hosts = Array.from(
      { length: options.hosts },
      (_, index) =>
        new HostProcess(index, options.compileCache, {
          environmentExited: (id, reason) => this.#exited(id, reason),
          hostExited: (exited, end) => this.#hostExited(exited, end),
        }),
    );
  }

  async start(): Promise<void> {
    for (const host of this.#hosts) host.start();
    await this.#socket.listen();
  }

  /** Starts a worker on the emptiest host and makes the gateway's side of it. */
  launch(spec: EnvironmentSpec, make: (id: number, terminate: () => void) => Environment): Environment {
    const id = ++this.#lastId;
    const host = this.#hosts.reduce((best, next) => (next.environments.size < best.environments.size ? next : best));
    const environment = make(id, () => host.send({ kind: 'terminate', id }));
    this.#environments.set(id, environment);
    const { path: socketPath, secret } = this.#socket;
    host.send({ kind: 'start', start: { id, socketPath, secret, spec } });
    return environment;
  }

  hostOf(id: number): number | null {
    return this.#hosts.find((host) => host.environments.has(id))?.index ?? null;
  }

  *[Symbol.iterator](): Iterator<Environment> {
    yield* this.#environments.values();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#hosts.map((host) => host.stop()));
    // Whoever still waits for an answer gets one.
    for (const id of [...this.#environments.keys()]) this.#exited(id, { kind: 'signal', signal: 'SIGKILL' });
    await this.#socket.close();
  }

  #connected(id: number, socket: Socket): ReturnType<Environment['connect']> | null {
    return this.#environments.get(id)?.connect(socket) ?? null;
  }

  #exited(id: number, reason: ExitReason): void {
    const environment = this.#environments.get(id);
    this.#environments.delete(id);
    environment?.exited(reason);
  }

  #hostExited(index: number, { reason, lost, lastWords }: HostEnd): void {
    this.#options.hostDied(index, reason, lastWords);
    for (const id of lost) this.#exited(id, reason);
  }
}
