import type { Socket } from 'node:net';
import type { Environment } from './environments/environment.ts';
import type { EnvironmentLife } from './environments/environment-life.ts';
import { EnvironmentSocket, type Hello } from './environments/environment-socket.ts';
import type { EnvironmentSpec } from './environments/environment-spec.ts';
import type { ExitReason } from './environments/failures.ts';
import { type HostEnd, HostProcess } from './host-process.ts';

export type FleetOptions = {
  readonly hosts: number;
  readonly compileCache: string;
  /** A host that holds more, and runs nothing, is replaced. */
  readonly hostMegabytes: number;
  /** Tells people that a host died and what it said last. */
  hostDied(index: number, reason: ExitReason, lastWords: string): void;
  hostReplaced(index: number, megabytes: number): void;
};

export type WorkerControl = Pick<EnvironmentLife, 'terminate' | 'restart'>;

const usualZone = 'UTC';

/** The function hosts and the socket on which their environments come in. */
export class HostFleet {
  readonly #options: FleetOptions;
  readonly #hosts: HostProcess[];
  readonly #socket: EnvironmentSocket;
  readonly #environments = new Map<number, Environment>();
  #lastId = 0;

  constructor(options: FleetOptions) {
    this.#options = options;
    this.#socket = new EnvironmentSocket((hello, socket) => this.#connected(hello, socket));
    this.#hosts = Array.from({ length: options.hosts }, (_, index) => this.#makeHost(index, usualZone));
  }

  async start(): Promise<void> {
    for (const host of this.#hosts) host.start();
    await this.#socket.listen();
  }

  /** Starts a worker on the emptiest host and makes the gateway's side of it. */
  launch(spec: EnvironmentSpec, make: (id: number, worker: WorkerControl) => Environment): Environment {
    const id = ++this.#lastId;
    const host = this.#hostFor(spec.variables.TZ?.replace(/^:/, '') || usualZone);
    const environment = make(id, {
      terminate: () => host.send({ kind: 'terminate', id }),
      restart: () => host.send({ kind: 'restart', id }),
    });
    this.#environments.set(id, environment);
    const { path: socketPath, secret } = this.#socket;
    host.send({ kind: 'start', start: { id, socketPath, secret, scratch: this.#socket.scratchOf(id), spec } });
    return environment;
  }

  /** A start is likely soon: hosts may prepare for it. */
  anticipate(): void {
    for (const host of this.#hosts) host.send({ kind: 'anticipate' });
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

  /** A time zone is its process's: a function that sets `TZ` gets a host beside the others. */
  #hostFor(timeZone: string): HostProcess {
    const hosts = this.#hosts.filter((host) => host.timeZone === timeZone);
    if (hosts.length > 0) {
      return hosts.reduce((best, next) => (next.environments.size < best.environments.size ? next : best));
    }
    const host = this.#makeHost(this.#hosts.length, timeZone);
    this.#hosts.push(host);
    return host;
  }

  #makeHost(index: number, timeZone: string): HostProcess {
    const { compileCache, hostMegabytes: quietMegabytes } = this.#options;
    return new HostProcess(
      index,
      { compileCache, quietMegabytes, timeZone, folder: this.#socket.folder },
      {
        environmentExited: (id, reason) => this.#exited(id, reason),
        hostExited: (exited, end) => this.#hostExited(exited, end),
        holdsMuch: (host, megabytes) => this.#replaceIfIdle(host, megabytes),
      },
    );
  }

  /** What handlers leave behind in a process is theirs for ever: a new one begins without. */
  #replaceIfIdle(host: HostProcess, megabytes: number): void {
    const ids = [...host.environments];
    if (ids.some((id) => this.#environments.get(id)?.state !== 'idle')) return;
    host.replace();
    this.#options.hostReplaced(host.index, megabytes);
    for (const id of ids) {
      const environment = this.#environments.get(id);
      this.#environments.delete(id);
      environment?.end();
    }
  }

  #connected({ id, inspectorPort }: Hello, socket: Socket): ReturnType<Environment['connect']> | null {
    return this.#environments.get(id)?.connect(socket, inspectorPort ?? null) ?? null;
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
