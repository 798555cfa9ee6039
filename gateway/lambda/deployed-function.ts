import type { LambdaFunction } from '../model/lambda-function.ts';
import type { BuildOutcome } from './build/build-outcome.ts';
import { hashOf } from './build/content-hash.ts';
import { Admission, type UnreservedConcurrency } from './concurrency.ts';
import { ConcurrencyLimit } from './environments/concurrency-limit.ts';
import { EnvironmentPool, type PoolOptions } from './environments/environment-pool.ts';
import { buildFailed } from './environments/failures.ts';
import type { PendingInvocation } from './environments/pending-invocation.ts';
import type { MountedLayers } from './layers.ts';
import { type InvocationTarget, latest, pinnedVersions, targetsOf } from './qualifiers.ts';
import { type FunctionPins, noPins, provisionedByVersion, withPins } from './versions/function-pins.ts';
import { settingsText, type VersionContent } from './versions/version-content.ts';

type Launch = (version: string, content: VersionContent) => PoolOptions['launch'];

export type DeployedFunctionOptions = {
  /** Environments of a function that reserves no concurrency. */
  readonly defaultConcurrency: number;
  /** Each function has one environment, which is ready for debuggers before the first event. */
  readonly debugs: boolean;
  /** Given where events are throttled and do not queue. */
  readonly unreserved: UnreservedConcurrency | null;
  readonly launch: Launch;
};

/** A function with its versions and their environments. A reload gives it new content; its place stays. */
export class DeployedFunction {
  /** As template and pins have it. */
  fn: LambdaFunction;
  targets: ReadonlyMap<string | null, InvocationTarget>;
  readonly admission: Admission;
  /** False until its first build is done, well or badly. */
  settled = false;
  /** Why it cannot run; null where it can, or where that is not known yet. */
  unsupported: string | null = null;
  readonly #options: DeployedFunctionOptions;
  readonly #limit: ConcurrencyLimit;
  readonly #pools = new Map<string, EnvironmentPool>();
  readonly #contents = new Map<string, VersionContent>();
  #template: LambdaFunction;
  #pins: FunctionPins = noPins;
  /** What `$LATEST` is now; null where there is nothing to run. */
  #latest: VersionContent | null = null;
  #buildError: string | null = null;

  constructor(fn: LambdaFunction, options: DeployedFunctionOptions) {
    this.#template = fn;
    this.fn = fn;
    this.targets = targetsOf(fn);
    this.#options = options;
    this.admission = new Admission(options.unreserved);
    this.#limit = new ConcurrencyLimit(options.defaultConcurrency);
    this.#follow();
  }

  get pools(): Iterable<EnvironmentPool> {
    return this.#pools.values();
  }

  get pins(): FunctionPins {
    return this.#pins;
  }

  /** How many of its events run at once, at the most. */
  get concurrency(): number {
    return this.#limit.maximum;
  }

  /** What a version runs, or null where there is no such version or nothing to run. */
  contentOf(version: string): VersionContent | null {
    return this.#contents.get(version) ?? null;
  }

  /** Takes over what was built. Where that failed and something ran before, that goes on. */
  deploy(fn: LambdaFunction, outcome: BuildOutcome, layers: MountedLayers): void {
    this.settled = true;
    this.unsupported = outcome.kind === 'unsupported' ? outcome.reason : null;
    this.#buildError = outcome.kind === 'failed' ? outcome.message : null;
    if (outcome.kind === 'failed' && this.#latest !== null) return;
    this.#template = fn;
    this.#latest =
      outcome.kind === 'built'
        ? {
            fn,
            code: outcome.code,
            layers: layers.of(fn),
            identity: hashOf(outcome.identity, layers.identityOf(fn), settingsText(fn)),
          }
        : null;
    this.#follow();
  }

  /** Takes over what control planes say of it. */
  pin(pins: FunctionPins): void {
    this.#pins = pins;
    this.#follow();
  }

  /** An answer without an event: null where the version has something to run. */
  failureWithoutCode(version: string): string | null {
    if (this.#contents.has(version) || this.#latest !== null) return null;
    return JSON.stringify(buildFailed(this.#buildError ?? `${this.fn.logicalId} has not been built.`));
  }

  invoke(version: string, invocation: PendingInvocation): void {
    const pool = this.#poolOf(version);
    if (pool) pool.invoke(invocation);
    else invocation.settle({ kind: 'not-found', reason: this.#removed(version) });
  }

  close(): void {
    for (const version of this.#known()) this.#remove(version);
  }

  /** Brings versions, limits and environments to what template, build and pins say. */
  #follow(): void {
    const fn = withPins(this.#template, this.#pins);
    this.fn = fn;
    this.targets = targetsOf(fn);
    this.admission.reserved = fn.reservedConcurrency;
    const most = fn.reservedConcurrency ?? this.#options.defaultConcurrency;
    this.#limit.maximum = this.#options.debugs ? Math.min(most, 1) : most;
    this.admission.maximum = this.#limit.maximum;
    const contents = this.#wanted(fn);
    for (const version of this.#known()) if (!contents.has(version)) this.#remove(version);
    const ran = [...contents].filter(([version, content]) => this.#replace(version, content));
    const provisioned = this.#options.debugs ? calledVersion(fn) : provisionedByVersion(fn, this.#pins);
    for (const [version, pool] of this.#pools) if (!provisioned.has(version)) pool.provision(0);
    for (const [version, count] of provisioned) this.#poolOf(version)?.provision(count);
    for (const pool of this.#pools.values()) pool.heedLimit();
    // What was called before an edit is likely to be called after it.
    for (const [version] of ran) this.#poolOf(version)?.warm();
  }

  /** A pool may be of a version whose content has gone. */
  #known(): ReadonlySet<string> {
    return new Set([...this.#contents.keys(), ...this.#pools.keys()]);
  }

  #wanted(fn: LambdaFunction): ReadonlyMap<string, VersionContent> {
    const contents = new Map<string, VersionContent>();
    if (!this.settled || this.unsupported !== null) return contents;
    const pinned = pinnedVersions(fn);
    for (const version of new Set([latest, ...fn.versions.map(({ version }) => version), ...pinned])) {
      const held = this.#pins.versions[version]?.content;
      const kept = pinned.has(version) ? this.#contents.get(version) : undefined;
      // A version that is held runs whatever has become of the source.
      const content = held ?? (this.#latest && (kept ?? this.#latest));
      if (content) contents.set(version, content);
    }
    return contents;
  }

  /** A closed pool may send an event here whose version, or the whole function, has gone meanwhile. */
  #poolOf(version: string): EnvironmentPool | undefined {
    const known = this.#pools.get(version);
    if (known) return known;
    const content = this.#contents.get(version) ?? this.#contents.get(latest);
    if (!content) return undefined;
    const launch = this.#options.launch(version, content);
    const pool = new EnvironmentPool({ version, limit: this.#limit, launch });
    this.#pools.set(version, pool);
    return pool;
  }

  /** Events that waited for the old content run on the new one; those in flight finish where they are. True where it ran. */
  #replace(version: string, content: VersionContent): boolean {
    const before = this.#contents.get(version);
    // The same content in another place is one that is held from now on: environments must not load from the old place.
    if (before?.identity === content.identity && before.code.taskRoot === content.code.taskRoot) return false;
    this.#contents.set(version, content);
    const old = this.#pools.get(version);
    if (!old) return false;
    this.#pools.delete(version);
    const ran = old.counts.environments > 0;
    old.close((invocation) => this.invoke(version, invocation));
    return ran;
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

/** The version that integrations most likely call: a debugger wants that one. */
const calledVersion = (fn: LambdaFunction): ReadonlyMap<string, number> =>
  new Map([[fn.aliases[0]?.version ?? latest, 1]]);
