import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import type { Inspected } from './inspected.ts';

export type DebugPortsOptions = {
  /** Of the first function; 0 lets the system choose each. */
  readonly first: number;
  /** What debuggers of a function attach to now; null where none is ready yet. */
  inspected(functionName: string): Inspected | null;
  notice(level: 'info' | 'error', text: string): void;
};

/** null where nobody asks for any. */
export const debugPorts = (first: number | undefined, options: Omit<DebugPortsOptions, 'first'>): DebugPorts | null =>
  first === undefined ? null : new DebugPorts({ ...options, first });

/** System time: a debugger waits so long for an environment that is just starting. */
const waitFor = { ms: 10_000, everyMs: 25 };

/**
 * A port for each function, in the order of the template. It stays the function's however often its environments are
 * replaced: a debugger that attaches again finds the new one there.
 */
export class DebugPorts {
  readonly #options: DebugPortsOptions;
  readonly #doors = new Map<string, Server>();
  readonly #clients = new Set<Socket>();
  #next: number;

  constructor(options: DebugPortsOptions) {
    this.#options = options;
    this.#next = options.first;
  }

  /** Opens a port for each function that has none yet. */
  async follow(functions: readonly LambdaFunction[]): Promise<void> {
    const opened: string[] = [];
    for (const { name, logicalId } of functions) {
      if (this.#doors.has(name)) continue;
      const port = await this.#open(name, logicalId);
      if (port !== null) opened.push(`  ${port}  ${logicalId}`);
    }
    if (opened.length === 0) return;
    this.#options.notice('info', `Debuggers attach to 127.0.0.1, a port for each function:\n${opened.join('\n')}`);
  }

  close(): void {
    for (const server of this.#doors.values()) server.close();
    for (const client of this.#clients) client.destroy();
  }

  async #open(name: string, logicalId: string): Promise<number | null> {
    const server = createServer((client) => {
      this.#clients.add(client);
      client.on('close', () => this.#clients.delete(client));
      void this.#lead(client, name);
    });
    const wanted = this.#next;
    if (wanted !== 0) this.#next++;
    this.#doors.set(name, server);
    try {
      await new Promise<void>((listening, failed) => {
        server.once('error', failed);
        server.listen(wanted, '127.0.0.1', listening);
      });
    } catch (error) {
      const text = `No debugger can attach to ${logicalId}: port ${wanted}: ${(error as Error).message}`;
      this.#options.notice('error', text);
      return null;
    }
    server.unref();
    return (server.address() as AddressInfo).port;
  }

  async #lead(client: Socket, name: string): Promise<void> {
    client.on('error', () => client.destroy());
    const until = performance.now() + waitFor.ms;
    while (!client.destroyed && performance.now() < until) {
      const inspected = this.#options.inspected(name);
      if (inspected) {
        inspected.attach(client);
        return;
      }
      await new Promise((next) => setTimeout(next, waitFor.everyMs));
    }
    client.destroy();
  }
}
