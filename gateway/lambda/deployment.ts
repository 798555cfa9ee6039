import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Timer } from '../clock.ts';
import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import type { BuildOutcomes } from './build/build-outcome.ts';
import { createBuilder } from './build/builder.ts';
import { accountConcurrency, keptUnreserved, type UnreservedConcurrency } from './concurrency.ts';
import { type DebugPorts, debugPorts } from './debugger/debug-ports.ts';
import type { Inspected } from './debugger/inspected.ts';
import { DeployedFunction } from './deployed-function.ts';
import { environmentLauncher } from './environment-launcher.ts';
import type { Environment } from './environments/environment.ts';
import type { PoolCounts } from './environments/environment-pool.ts';
import { describeExit, type ExitReason } from './environments/failures.ts';
import { HostFleet } from './host-fleet.ts';
import { reasonsIn } from './last-words.ts';
import { mountLayers } from './layers.ts';
import { latest } from './qualifiers.ts';
import type { FunctionStatus, LambdaRuntimeOptions } from './runtime-options.ts';
import { FunctionControl } from './versions/function-control.ts';
import { pinsInMemory } from './versions/pin-store.ts';
import { pruneSnapshots } from './versions/prune-snapshots.ts';
import { snapshot } from './versions/snapshot.ts';

/** Everything that runs: the functions as deployed, their builds, and the hosts under them. */
export class Deployment {
  readonly #options: LambdaRuntimeOptions;
  readonly #functions = new Map<string, DeployedFunction>();
  readonly #builder;
  readonly #warned = new Set<string>();
  readonly #unreserved: UnreservedConcurrency | null;
  readonly control: FunctionControl;
  readonly #debugPorts: DebugPorts | null;
  #fleet: HostFleet | null = null;
  #restTimer: Timer | null = null;
  #pending: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: LambdaRuntimeOptions) {
    this.#options = options;
    this.#builder = createBuilder(join(options.buildDirectory, 'code'), options.runtimes ?? {});
    this.#debugPorts = debugPorts(options.debugPort, {
      inspected: (name) => this.#inspected(name),
      notice: (level, text) => this.#notice(level, text),
    });
    this.#unreserved = options.strictConcurrency ? { maximum: accountConcurrency, inFlight: 0 } : null;
    const versions = options.versionsDirectory ?? join(options.buildDirectory, 'versions');
    const pins = options.pins ?? pinsInMemory();
    this.#pending = pruneSnapshots(versions, pins);
    this.control = new FunctionControl({
      clock: options.clock,
      pins,
      find: (name) => this.find(name),
      functions: () => this.#byName(),
      settled: () => this.#pending,
      snapshot: (content) => snapshot(content, versions, options.buildDirectory),
      limitsChanged: () => this.#shareConcurrency(),
      notice: (level, text) => this.#notice(level, text),
    });
    for (const fn of options.functions) this.#add(fn);
  }

  /** By name or by ARN without a qualifier. */
  find(name: string): DeployedFunction | undefined {
    return this.#functions.get(name);
  }

  environments(): Iterable<Environment> {
    return this.#fleet ?? [];
  }

  /** Resolves when the builds under way are done. */
  settled(): Promise<void> {
    return this.#pending;
  }

  async openHosts(): Promise<void> {
    if (this.#fleet) return;
    this.#fleet = new HostFleet({
      hosts: this.#options.hosts ?? 1,
      compileCache: join(tmpdir(), 'node-compile-cache'),
      hostMegabytes: this.#options.hostMegabytes ?? 1024,
      hostReplaced: (index, megabytes) =>
        this.#notice('info', `Function host ${index} held ${megabytes} MB with nothing to do and was replaced.`),
      hostDied: (index, reason, lastWords) => this.#hostDied(index, reason, lastWords),
    });
    await this.#fleet.start();
    this.#endRestedLater();
  }

  anticipate(): void {
    this.#fleet?.anticipate();
  }

  /** An environment that rests from one look to the next has rested between half of the time and all of it. */
  #endRestedLater(): void {
    const { clock, idleMinutes = 10 } = this.#options;
    if (idleMinutes === 0) return;
    this.#restTimer = clock.after((idleMinutes * 60_000) / 2, () => {
      for (const deployed of this.#byName()) for (const pool of deployed.pools) pool.endRested();
      this.#endRestedLater();
    });
  }

  /** One after the other, so that the last edit wins. */
  deploy(functions: readonly LambdaFunction[], layers: readonly LayerVersion[]): Promise<readonly string[]> {
    const done = this.#pending
      .then(() => this.#deploy(functions, layers))
      .catch((error: Error) => {
        this.#notice('error', `Functions could not be deployed: ${error.message}`);
        return functions.map(({ logicalId }) => logicalId);
      });
    this.#pending = done.then(() => {});
    return done;
  }

  status(): readonly FunctionStatus[] {
    return [...this.#byName()].map((deployed) => {
      const pools = [...deployed.pools];
      const sum = (of: keyof PoolCounts): number => pools.reduce((total, { counts }) => total + counts[of], 0);
      const [first] = pools.flatMap((pool) => [...pool.environments]);
      return {
        function: deployed.fn.name,
        environments: sum('environments'),
        busy: sum('busy'),
        queued: sum('queued'),
        host: first ? (this.#fleet?.hostOf(first.id) ?? null) : null,
      };
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#restTimer?.cancel();
    this.#debugPorts?.close();
    const functions = [...this.#byName()];
    this.#functions.clear();
    for (const deployed of functions) deployed.close();
    await this.#fleet?.stop();
    await this.#pending;
    await this.#builder.stop();
  }

  async #deploy(functions: readonly LambdaFunction[], layers: readonly LayerVersion[]): Promise<readonly string[]> {
    if (this.#stopped) return [];
    const [outcomes, mounted] = await Promise.all([
      this.#build(functions),
      mountLayers(layers, join(this.#options.buildDirectory, 'layers')),
    ]);
    // esbuild's own process waits for the next edit; where nobody watches, none will come.
    if (!this.#options.watch) await this.#builder.stop();
    if (this.#stopped) return [];
    if ([...outcomes.values()].some(({ kind }) => kind !== 'unsupported')) await this.openHosts();
    if (this.#stopped) return [];
    // From here on nothing waits: all functions change in the same turn.
    const names = new Set(functions.map((fn) => fn.name));
    for (const deployed of [...this.#byName()]) if (!names.has(deployed.fn.name)) this.#remove(deployed);
    for (const fn of functions) {
      const outcome = outcomes.get(fn.name)!;
      const deployed = this.#functions.get(fn.name) ?? this.#add(fn);
      deployed.deploy(fn, outcome, mounted);
      if (outcome.kind === 'failed') {
        const goesOn = deployed.failureWithoutCode(latest) === null ? '; its last good version goes on' : '';
        this.#notice('error', `${fn.logicalId} does not build${goesOn}.\n${outcome.message}`);
      }
    }
    this.#shareConcurrency();
    await this.#debugPorts?.follow(functions.filter(({ runtime }) => runtime.startsWith('nodejs')));
    for (const text of [...mounted.missing(functions), ...this.#unaskedBuilds()]) this.#warnOnce(text);
    return functions.filter(({ name }) => outcomes.get(name)?.kind === 'failed').map(({ logicalId }) => logicalId);
  }

  async #build(functions: readonly LambdaFunction[]): Promise<BuildOutcomes> {
    try {
      return await this.#builder.build(functions);
    } catch (error) {
      // Not a mistake in one function's code: esbuild itself, or the disk.
      const { message } = error as Error;
      return new Map(functions.map((fn) => [fn.name, { kind: 'failed', message }]));
    }
  }

  #add(fn: LambdaFunction): DeployedFunction {
    const deployed = new DeployedFunction(fn, {
      defaultConcurrency: this.#options.concurrency ?? 10,
      debugs: this.#debugPorts !== null,
      unreserved: this.#unreserved,
      launch: environmentLauncher(this.#options, () => this.#fleet!),
    });
    this.control.restore(deployed);
    this.#functions.set(fn.name, deployed).set(fn.arn, deployed);
    return deployed;
  }

  #remove(deployed: DeployedFunction): void {
    this.#functions.delete(deployed.fn.name);
    this.#functions.delete(deployed.fn.arn);
    deployed.close();
  }

  /** What functions reserve is taken from what the others share. */
  #shareConcurrency(): void {
    let reserved = 0;
    for (const { fn } of this.#byName()) reserved += fn.reservedConcurrency ?? 0;
    const most = accountConcurrency - keptUnreserved;
    if (this.#unreserved) this.#unreserved.maximum = accountConcurrency - Math.min(reserved, most);
    if (reserved > most) {
      this.#warnOnce(
        `The functions reserve a concurrency of ${reserved} together; AWS lets an account of ${accountConcurrency} reserve ${most} and refuses the deployment.`,
      );
    }
  }

  /** The environment that began last is the one that the next event meets. */
  #inspected(name: string): Inspected | null {
    const pools = [...(this.find(name)?.pools ?? [])];
    return pools.flatMap((pool) => [...pool.environments].flatMap(({ inspected }) => inspected ?? [])).at(-1) ?? null;
  }

  #byName(): Iterable<DeployedFunction> {
    return new Set(this.#functions.values());
  }

  #hostDied(index: number, reason: ExitReason, lastWords: string): void {
    const text = `Function host ${index} ended (${describeExit(reason)}); it starts again with the next event.`;
    this.#notice('error', [text, ...reasonsIn(lastWords)].join('\n'));
  }

  #unaskedBuilds(): readonly string[] {
    const names = [...this.#builder.unasked].join(', ');
    if (names === '') return [];
    return [
      `${names}: TypeScript was built here as a convenience; sam deploy would ship it as it lies. Metadata: BuildMethod: esbuild asks for a build.`,
    ];
  }

  /** A reload finds the same again. */
  #warnOnce(text: string): void {
    if (this.#warned.has(text)) return;
    this.#warned.add(text);
    this.#notice('warning', text);
  }

  #notice(level: 'info' | 'warning' | 'error', text: string): void {
    this.#options.observer.emit({ kind: 'notice', at: this.#options.clock.now(), level, text });
  }
}
