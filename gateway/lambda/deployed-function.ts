import type { LambdaFunction } from '../model/lambda-function.ts';
import type { BuildOutcome } from './build/build-outcome.ts';
import { hashOf } from './build/content-hash.ts';
import { type ConcurrencyLimit, EnvironmentPool, type PoolOptions } from './environments/environment-pool.ts';
import type { LayerMount, RunnableCode } from './environments/environment-spec.ts';
import { buildFailed } from './environments/failures.ts';
import type { PendingInvocation } from './environments/pending-invocation.ts';
import type { MountedLayers } from './layers.ts';
import { type InvocationTarget, latest, pinnedVersions, targetsOf } from './qualifiers.ts';

/** What a version is: an immutable build with its settings and layers. */
export type VersionContent = {
  readonly fn: LambdaFunction;
  readonly code: RunnableCode;
  readonly layers: readonly LayerMount[];
  /** Two contents with the same identity run the same. */
  readonly identity: string;
};

type Launch = (version: string, content: VersionContent) => PoolOptions['launch'];

/** A function with its versions and their environments. A reload gives it new content; its place stays. */
export class DeployedFunction {
  fn: LambdaFunction;
  targets: ReadonlyMap<string | null, InvocationTarget>;
  /** False until its first build is done, well or badly. */
  settled = false;
  /** Why it cannot run; null where it can, or where that is not known yet. */
  unsupported: string | null = null;
  readonly #launch: Launch;
  readonly #defaultConcurrency: number;
  readonly #limit: ConcurrencyLimit;
  readonly #pools = new Map<string, EnvironmentPool>();
  readonly #contents = new Map<string, VersionContent>();
  #buildError: string | null = null;

  constructor(fn: LambdaFunction, defaultConcurrency: number, launch: Launch) {
    this.fn = fn;
    this.targets = targetsOf(fn);
    this.#launch = launch;
    this.#defaultConcurrency = defaultConcurrency;
    this.#limit = { maximum: fn.reservedConcurrency ?? defaultConcurrency, taken: 0, pools: new Set() };
  }

  get pools(): Iterable<EnvironmentPool> {
    return this.#pools.values();
  }

  /** Reserved concurrency of zero is how one turns a function off. */
  get throttled(): boolean {
    return this.#limit.maximum === 0;
  }

  /** Takes over what was built. Where that failed and something ran before, that goes on. */
  deploy(fn: LambdaFunction, outcome: BuildOutcome, layers: MountedLayers): void {
    this.settled = true;
    this.unsupported = outcome.kind === 'unsupported' ? outcome.reason : null;
    this.#buildError = outcome.kind === 'failed' ? outcome.message : null;
    if (outcome.kind === 'failed' && this.#contents.size > 0) return;
    this.fn = fn;
    this.targets = targetsOf(fn);
    this.#limit.maximum = fn.reservedConcurrency ?? this.#defaultConcurrency;
    if (outcome.kind !== 'built') {
      this.close();
      return;
    }
    const identity = hashOf(outcome.identity, layers.identityOf(fn), settingsText(fn));
    const content = { fn, code: outcome.code, layers: layers.of(fn), identity };
    const pinned = pinnedVersions(fn);
    const versions = new Set([latest, ...fn.versions.map(({ version }) => version), ...pinned]);
    for (const version of versions) {
      if (!pinned.has(version) || !this.#contents.has(version)) this.#replace(version, content);
    }
    for (const version of [...this.#contents.keys()]) if (!versions.has(version)) this.#remove(version);
  }

  /** An answer without an event: null where there is something to run. */
  failureWithoutCode(): string | null {
    if (this.#contents.size > 0) return null;
    return JSON.stringify(buildFailed(this.#buildError ?? `${this.fn.logicalId} has not been built.`));
  }

  invoke(version: string, invocation: PendingInvocation): void {
    let pool = this.#pools.get(version);
    if (!pool) {
      // A pool that was closed may send an event here whose version, or the whole function, has gone meanwhile.
      const content = this.#contents.get(version) ?? this.#contents.get(latest);
      if (!content) {
        invocation.settle({ kind: 'not-found', reason: this.#removed(version) });
        return;
      }
      pool = new EnvironmentPool({ version, limit: this.#limit, launch: this.#launch(version, content) });
      this.#pools.set(version, pool);
    }
    pool.invoke(invocation);
  }

  close(): void {
    for (const version of [...this.#contents.keys()]) this.#remove(version);
  }

  /** Events that waited for the old content run on the new one; those in flight finish where they are. */
  #replace(version: string, content: VersionContent): void {
    if (this.#contents.get(version)?.identity === content.identity) return;
    this.#contents.set(version, content);
    const old = this.#pools.get(version);
    if (!old) return;
    this.#pools.delete(version);
    old.close((invocation) => this.invoke(version, invocation));
  }

  #remove(version: string): void {
    this.#contents.delete(version);
    const pool = this.#pools.get(version);
    this.#pools.delete(version);
    pool?.close(({ settle }) => settle({ kind: 'not-found', reason: this.#removed(version) }));
  }

  #removed(version: string): string {
    return `${this.fn.name}:${version} was removed.`;
  }
}

/** What of a function's settings an environment is made with. Versions, aliases and places are not among them. */
const settingsText = (fn: LambdaFunction): string =>
  JSON.stringify([
    fn.runtime,
    fn.handler,
    fn.memorySize,
    fn.timeoutSeconds,
    fn.environment,
    fn.layers,
    fn.loggingConfig,
    fn.role,
    fn.arn,
  ]);
