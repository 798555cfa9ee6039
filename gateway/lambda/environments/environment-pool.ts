import type { Environment } from './environment.ts';
import type { EnvironmentOwner } from './environment-life.ts';
import { type ExitReason, exited } from './failures.ts';
import { type PendingInvocation, refusal } from './pending-invocation.ts';

/** The concurrency that all versions of a function share. */
export type ConcurrencyLimit = { maximum: number; taken: number; readonly pools: Set<EnvironmentPool> };

export type PoolOptions = {
  readonly version: string;
  readonly limit: ConcurrencyLimit;
  launch(owner: EnvironmentOwner): Environment;
};

/**
 * How long an event waits for an environment to come free before another one starts: a start costs more than a fast
 * handler takes. In the system's time, not the clock's: it is about this machine's work, and a clock that stands still
 * must not keep events waiting.
 */
const graceMs = 10;

/** The environments of one version of a function, and the events that wait for them in order of arrival. */
export class EnvironmentPool implements EnvironmentOwner {
  readonly #options: PoolOptions;
  readonly #environments = new Set<Environment>();
  readonly #idle: Environment[] = [];
  #waiting: PendingInvocation[] = [];
  #starting = 0;
  #lookTimer: NodeJS.Timeout | null = null;
  #deathsWhileStarting = 0;
  /** Where events go once this pool takes no more; null while it does. */
  #successor: ((invocation: PendingInvocation) => void) | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    options.limit.pools.add(this);
  }

  get size(): number {
    return this.#environments.size;
  }
  get busy(): number {
    return this.#environments.size - this.#idle.length - this.#starting;
  }
  get queued(): number {
    return this.#waiting.length;
  }
  get environments(): Iterable<Environment> {
    return this.#environments;
  }

  invoke(invocation: PendingInvocation): void {
    if (this.#successor) {
      this.#successor(invocation);
      return;
    }
    const environment = this.#idle.pop() ?? (this.#waiting.length === 0 ? this.#leastLoaded() : undefined);
    if (environment) environment.hand(invocation);
    else this.#waiting.push(invocation);
    if (!environment || environment.load > 1) this.#consider();
  }

  /** Takes no more events; those in flight finish, those that wait or come back go to the successor. */
  close(successor: (invocation: PendingInvocation) => void): void {
    this.#successor = successor;
    this.#options.limit.pools.delete(this);
    if (this.#lookTimer) clearTimeout(this.#lookTimer);
    for (const environment of [...this.#environments]) {
      if (environment.load === 0) environment.end();
      else environment.recallIfSlow(0);
    }
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const invocation of waiting) successor(invocation);
  }

  /** Ends the environments that have nothing to do. The next event starts one anew. */
  endIdle(): void {
    for (const environment of [...this.#environments]) if (environment.state === 'idle') environment.end();
  }

  environmentReady(environment: Environment): void {
    this.#starting--;
    this.#deathsWhileStarting = 0;
    this.#supply(environment);
  }

  /** After an event, and not before its first one, an environment may have to give way to another version's. */
  environmentAnswered(environment: Environment): void {
    if (environment.load === 0 && this.#siblingIsStranded()) environment.end();
    else this.#supply(environment);
  }

  eventsReturned(events: readonly PendingInvocation[]): void {
    if (this.#successor) events.forEach(this.#successor);
    else this.#waiting.unshift(...events);
    for (let idle = this.#idle.pop(); idle; idle = this.#waiting.length > 0 ? this.#idle.pop() : undefined) {
      this.#supply(idle);
    }
    this.#consider();
  }

  /** Every event that was waiting when this environment began would have met the same failure on Lambda. */
  initFailed(environment: Environment, failure: (requestId: string) => string): void {
    this.#starting--;
    this.#remove(environment);
    this.#refuseWaiting(environment, failure);
    this.#release();
  }

  environmentGone(environment: Environment, reason: ExitReason | null): void {
    if (reason) {
      this.#starting--;
      // The first death before being ready may be a neighbour's doing, which took the whole host down; a second is not.
      this.#deathsWhileStarting++;
      if (this.#deathsWhileStarting > 1) {
        this.#refuseWaiting(environment, (id) => JSON.stringify(exited(id, reason)));
        this.#deathsWhileStarting = 0;
      }
    }
    this.#remove(environment);
    this.#release();
  }

  /** Gives an environment what waits; one that has nothing to do rests, gives way, or ends with its pool. */
  #supply(environment: Environment): void {
    while (this.#waiting.length > 0 && (environment.load === 0 || environment.takesAhead)) {
      environment.hand(this.#waiting.shift()!);
    }
    if (environment.load > 0) return;
    if (this.#successor || this.#siblingIsStranded()) environment.end();
    else this.#idle.push(environment);
  }

  #leastLoaded(): Environment | undefined {
    let least: Environment | undefined;
    for (const environment of this.#environments) {
      if (environment.takesAhead && (!least || environment.load < least.load)) least = environment;
    }
    return least;
  }

  /** Starts an environment at once where there is none; otherwise sees after a moment whether events still wait. */
  #consider(): void {
    if (this.#successor) return;
    if (this.#waiting.length > 0 && this.#environments.size === 0) this.#launch();
    if (this.#lookTimer || !this.#mustLook()) return;
    this.#lookTimer = setTimeout(() => this.#look(), graceMs);
  }

  #mustLook(): boolean {
    if (this.#waiting.length > 0 && this.#options.limit.taken < this.#options.limit.maximum) return true;
    for (const environment of this.#environments) if (environment.load > 1) return true;
    return false;
  }

  #look(): void {
    this.#lookTimer = null;
    for (const environment of this.#environments) environment.recallIfSlow(graceMs);
    const oldest = this.#waiting[0];
    if (oldest && performance.now() - oldest.arrivedAt >= graceMs) {
      for (let wanted = this.#wanted(); wanted > 0 && this.#launch(); wanted--);
    }
    this.#consider();
  }

  /**
   * Where handlers are slow, one more environment for each event that waits. Where they are swift, or not known yet, one
   * at a time: a start takes a core for a while, and what waits may have been answered before it is done.
   */
  #wanted(): number {
    let ready = 0;
    let swift = false;
    for (const environment of this.#environments) {
      if (environment.state !== 'starting') ready++;
      if (environment.swift) swift = true;
    }
    return ready > 0 && !swift ? this.#waiting.length - this.#starting : 1 - this.#starting;
  }

  #launch(): boolean {
    const { limit } = this.#options;
    if (limit.taken >= limit.maximum) this.#evictFromSibling();
    if (limit.taken >= limit.maximum) return false;
    limit.taken++;
    this.#starting++;
    this.#environments.add(this.#options.launch(this));
    return true;
  }

  /** Whether another version has events and, as the limit is reached, not one environment for them. */
  #siblingIsStranded(): boolean {
    const { limit } = this.#options;
    if (limit.pools.size < 2 || limit.taken < limit.maximum) return false;
    for (const pool of limit.pools) {
      if (pool !== this && pool.#waiting.length > 0 && pool.#environments.size === 0) return true;
    }
    return false;
  }

  /** Another version's idle environment gives way: the limit is the function's, not the version's. */
  #evictFromSibling(): void {
    for (const pool of this.#options.limit.pools) {
      const idle = pool === this ? undefined : pool.#idle[0];
      if (idle) {
        idle.end();
        return;
      }
    }
  }

  #remove(environment: Environment): void {
    if (!this.#environments.delete(environment)) return;
    this.#options.limit.taken--;
    const at = this.#idle.indexOf(environment);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  /** A place has come free: a sibling's events may want it, or this pool's. */
  #release(): void {
    for (const pool of this.#options.limit.pools) if (pool !== this) pool.#consider();
    this.#consider();
  }

  #refuseWaiting(environment: Environment, failure: (requestId: string) => string): void {
    const refused = this.#waiting.filter((invocation) => invocation.arrivedAt <= environment.launchedAt);
    this.#waiting = this.#waiting.slice(refused.length);
    const { version } = this.#options;
    for (const { requestId, settle } of refused) settle(refusal(failure(requestId), version, requestId));
  }
}
