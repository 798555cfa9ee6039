import type { ConcurrencyLimit, LimitedPool } from './concurrency-limit.ts';
import { EarlyDeaths } from './early-deaths.ts';
import type { Environment } from './environment.ts';
import type { EnvironmentOwner } from './environment-life.ts';
import { type ExitReason, exited } from './failures.ts';
import { type PendingInvocation, refusal, throttled } from './pending-invocation.ts';
import { ProvisionedEnvironments } from './provisioned-environments.ts';
import { RestingEnvironments } from './resting-environments.ts';
import { environmentsToStart, graceMs } from './start-policy.ts';

export type PoolOptions = {
  readonly version: string;
  readonly limit: ConcurrencyLimit;
  launch(owner: EnvironmentOwner, initializationType: InitializationType): Environment;
};

export type PoolCounts = { readonly environments: number; readonly busy: number; readonly queued: number };

/** What `AWS_LAMBDA_INITIALIZATION_TYPE` tells a handler. */
export type InitializationType = 'on-demand' | 'provisioned-concurrency';

/** The environments of one version of a function, and the events that wait for them in order of arrival. */
export class EnvironmentPool implements EnvironmentOwner, LimitedPool {
  readonly #options: PoolOptions;
  readonly #environments = new Set<Environment>();
  readonly #idle = new RestingEnvironments();
  readonly #provisioned = new ProvisionedEnvironments();
  readonly #earlyDeaths = new EarlyDeaths();
  #waiting: PendingInvocation[] = [];
  #starting = 0;
  #lookTimer: NodeJS.Timeout | null = null;
  /** Where events go once this pool takes no more; null while it does. */
  #successor: ((invocation: PendingInvocation) => void) | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    options.limit.join(this);
  }

  get counts(): PoolCounts {
    const { size } = this.#environments;
    return { environments: size, busy: size - this.#idle.size - this.#starting, queued: this.#waiting.length };
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
    if (!environment || environment.load > 1) this.consider();
  }

  /** Takes no more events; those in flight finish, those that wait or come back go to the successor. */
  close(successor: (invocation: PendingInvocation) => void): void {
    this.#successor = successor;
    this.#options.limit.depart(this);
    if (this.#lookTimer) clearTimeout(this.#lookTimer);
    for (const environment of [...this.#environments]) {
      if (environment.load === 0) environment.end();
      else environment.recallIfSlow(0);
    }
    for (const invocation of this.#waiting.splice(0)) successor(invocation);
  }

  /** Ends the environments that have nothing to do and are not provisioned. The next event starts one anew. */
  endIdle(): void {
    for (const environment of [...this.#environments]) {
      if (environment.state === 'idle' && !this.#provisioned.has(environment)) environment.end();
    }
  }

  /** Ends those that have had nothing to do ever since this was last called. */
  endRested(): void {
    for (const environment of this.#idle.restedSince()) {
      if (!this.#provisioned.has(environment)) environment.end();
    }
  }

  /** Keeps so many environments ready, whether events come or not. */
  provision(wanted: number): void {
    this.#provisioned.want(wanted);
    this.fill();
  }

  /** Starts an environment before the first event, where there is a place for one. */
  warm(): void {
    if (this.#environments.size === 0 && !this.#options.limit.isReached) this.#start('on-demand');
  }

  /** The limit has changed: what is too much ends, and what waits may now start. */
  heedLimit(): void {
    const { limit } = this.#options;
    while (limit.isExceeded && this.giveWay());
    if (limit.maximum === 0) {
      for (const { settle } of this.#waiting.splice(0))
        settle(throttled('ReservedFunctionConcurrentInvocationLimitExceeded'));
    }
    this.fill();
    this.consider();
  }

  get isStranded(): boolean {
    return this.#waiting.length > 0 && this.#environments.size === 0;
  }

  giveWay(): boolean {
    const idle = this.#idle.first();
    idle?.end();
    return idle !== undefined;
  }

  environmentReady(environment: Environment): void {
    this.#starting--;
    this.#earlyDeaths.forget();
    this.#supply(environment);
    this.fill();
  }

  /** After an event, and not before its first one, an environment may have to give way to another version's. */
  environmentAnswered(environment: Environment): void {
    if (environment.load === 0 && this.#mustGiveWay()) environment.end();
    else this.#supply(environment);
  }

  eventsReturned(events: readonly PendingInvocation[]): void {
    if (this.#successor) events.forEach(this.#successor);
    else this.#waiting.unshift(...events);
    for (let idle = this.#idle.pop(); idle; idle = this.#waiting.length > 0 ? this.#idle.pop() : undefined) {
      this.#supply(idle);
    }
    this.consider();
  }

  /** Every event that was waiting when this environment began would have met the same failure on Lambda. */
  initFailed(environment: Environment, failure: (requestId: string) => string): void {
    this.#starting--;
    this.#remove(environment);
    this.#refuseWaiting(environment, failure);
    this.#options.limit.release(this);
  }

  environmentGone(environment: Environment, reason: ExitReason | null): void {
    if (reason) {
      this.#starting--;
      if (this.#earlyDeaths.blames(reason)) {
        this.#refuseWaiting(environment, (id) => JSON.stringify(exited(id, reason)));
      }
    }
    this.#remove(environment);
    this.#options.limit.release(this);
    // One that does not come up is not tried again and again: the next event will tell.
    if (!reason) this.fill();
  }

  /** Gives an environment what waits; one that has nothing to do rests, gives way, or ends with its pool. */
  #supply(environment: Environment): void {
    // One in which something went wrong while it rested ends with the first event that it gets.
    while (this.#waiting.length > 0 && (environment.state === 'idle' || environment.takesAhead)) {
      environment.hand(this.#waiting.shift()!);
    }
    if (environment.load > 0 || environment.state === 'ended') return;
    if (this.#successor || this.#mustGiveWay()) environment.end();
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
  consider(): void {
    if (this.#successor) return;
    if (this.#waiting.length > 0 && this.#environments.size === 0) this.#launch();
    if (this.#lookTimer || !this.#mustLook()) return;
    this.#lookTimer = setTimeout(() => this.#look(), graceMs);
  }

  #mustLook(): boolean {
    if (this.#waiting.length > 0 && !this.#options.limit.isReached) return true;
    for (const environment of this.#environments) if (environment.load > 1) return true;
    return false;
  }

  #look(): void {
    this.#lookTimer = null;
    for (const environment of this.#environments) environment.recallIfSlow(graceMs);
    const oldest = this.#waiting[0];
    if (oldest && performance.now() - oldest.arrivedAt >= graceMs) {
      const load = { waiting: this.#waiting.length, starting: this.#starting };
      for (let wanted = environmentsToStart(this.#environments, load); wanted > 0 && this.#launch(); wanted--);
    }
    this.consider();
  }

  #launch(): boolean {
    const { limit } = this.#options;
    if (limit.isReached) limit.takeFromAnother(this);
    if (limit.isReached) return false;
    this.#start('on-demand');
    return true;
  }

  #start(type: InitializationType): Environment {
    this.#options.limit.taken++;
    this.#starting++;
    const environment = this.#options.launch(this, type);
    this.#environments.add(environment);
    return environment;
  }

  fill(): void {
    const { limit } = this.#options;
    while (!this.#successor && this.#provisioned.lacks && !limit.isReached) {
      this.#provisioned.add(this.#start('provisioned-concurrency'));
    }
  }

  /** The place is wanted by another version, or there are more than the limit has become. */
  #mustGiveWay(): boolean {
    const { limit } = this.#options;
    return limit.isExceeded || limit.wantsOfAnother(this);
  }

  #remove(environment: Environment): void {
    if (!this.#environments.delete(environment)) return;
    this.#options.limit.taken--;
    this.#provisioned.delete(environment);
    this.#idle.delete(environment);
  }

  #refuseWaiting(environment: Environment, failure: (requestId: string) => string): void {
    const refused = this.#waiting.filter((invocation) => invocation.arrivedAt <= environment.launchedAt);
    this.#waiting = this.#waiting.slice(refused.length);
    const { version } = this.#options;
    for (const { requestId, settle } of refused) settle(refusal(failure(requestId), version, requestId));
  }
}
