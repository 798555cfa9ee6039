import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LambdaFunction, LayerVersion } from '../model/lambda-function.ts';
import type { BuildOutcomes } from './build/build-outcome.ts';
import { createBuilder } from './build/builder.ts';
import { DeployedFunction } from './deployed-function.ts';
import { environmentLauncher } from './environment-launcher.ts';
import type { Environment } from './environments/environment.ts';
import { describeExit, type ExitReason } from './environments/failures.ts';
import { HostFleet } from './host-fleet.ts';
import { mountLayers } from './layers.ts';
import type { FunctionStatus, LambdaRuntimeOptions } from './runtime-options.ts';

/** Everything that runs: the functions as deployed, their builds, and the hosts under them. */
export class Deployment {
  readonly #options: LambdaRuntimeOptions;
  readonly #functions = new Map<string, DeployedFunction>();
  readonly #builder;
  readonly #warned = new Set<string>();
  #fleet: HostFleet | null = null;
  #pending: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: LambdaRuntimeOptions) {
    this.#options = options;
    this.#builder = createBuilder(join(options.buildDirectory, 'code'));
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
      hostDied: (index, reason, lastWords) => this.#hostDied(index, reason, lastWords),
    });
    await this.#fleet.start();
  }

  /** One after the other, so that the last edit wins. */
  deploy(functions: readonly LambdaFunction[], layers: readonly LayerVersion[]): Promise<void> {
    this.#pending = this.#pending
      .then(() => this.#deploy(functions, layers))
      .catch((error: Error) => this.#notice('error', `Functions could not be deployed: ${error.message}`));
    return this.#pending;
  }

  status(): readonly FunctionStatus[] {
    return [...this.#byName()].map((deployed) => {
      const pools = [...deployed.pools];
      const sum = (of: (pool: (typeof pools)[number]) => number): number =>
        pools.reduce((total, pool) => total + of(pool), 0);
      const [first] = pools.flatMap((pool) => [...pool.environments]);
      return {
        function: deployed.fn.name,
        environments: sum((pool) => pool.size),
        busy: sum((pool) => pool.busy),
        queued: sum((pool) => pool.queued),
        host: first ? (this.#fleet?.hostOf(first.id) ?? null) : null,
      };
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const functions = [...this.#byName()];
    this.#functions.clear();
    for (const deployed of functions) deployed.close();
    await this.#fleet?.stop();
    await this.#pending;
    await this.#builder.stop();
  }

  async #deploy(functions: readonly LambdaFunction[], layers: readonly LayerVersion[]): Promise<void> {
    if (this.#stopped) return;
    const [outcomes, mounted] = await Promise.all([this.#build(functions), mountLayers(layers)]);
    // esbuild's own process waits for the next edit; where nobody watches, none will come.
    if (!this.#options.watch) await this.#builder.stop();
    if (this.#stopped) return;
    if ([...outcomes.values()].some(({ kind }) => kind === 'built')) await this.openHosts();
    // From here on nothing waits: all functions change in the same turn.
    const names = new Set(functions.map((fn) => fn.name));
    for (const deployed of [...this.#byName()]) if (!names.has(deployed.fn.name)) this.#remove(deployed);
    for (const fn of functions) {
      const outcome = outcomes.get(fn.name)!;
      const deployed = this.#functions.get(fn.name) ?? this.#add(fn);
      deployed.deploy(fn, outcome, mounted);
      if (outcome.kind === 'failed') {
        const goesOn = deployed.failureWithoutCode() === null ? '; its last good version goes on' : '';
        this.#notice('error', `${fn.logicalId} does not build${goesOn}.\n${outcome.message}`);
      }
    }
    for (const text of [...mounted.missing(functions), ...this.#unaskedBuilds()]) this.#warnOnce(text);
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
    const launch = environmentLauncher(this.#options, () => this.#fleet!);
    const deployed = new DeployedFunction(fn, this.#options.concurrency ?? 10, launch);
    this.#functions.set(fn.name, deployed).set(fn.arn, deployed);
    return deployed;
  }

  #remove(deployed: DeployedFunction): void {
    this.#functions.delete(deployed.fn.name);
    this.#functions.delete(deployed.fn.arn);
    deployed.close();
  }

  #byName(): Iterable<DeployedFunction> {
    return new Set(this.#functions.values());
  }

  #hostDied(index: number, reason: ExitReason, lastWords: string): void {
    // V8 writes pages before it gives up; this is the line that tells why.
    const said = lastWords.match(/^FATAL ERROR: .*$/m)?.[0] ?? lastWords.trimEnd().split('\n').slice(-3).join('\n');
    const text = `Function host ${index} ended (${describeExit(reason)}); it starts again with the next event.`;
    this.#notice('error', said === '' ? text : `${text}\n${said}`);
  }

  #unaskedBuilds(): readonly string[] {
    const { unasked } = this.#builder;
    if (unasked.size === 0) return [];
    const names = [...unasked].join(', ');
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

  #notice(level: 'warning' | 'error', text: string): void {
    this.#options.observer.emit({ kind: 'notice', at: this.#options.clock.now(), level, text });
  }
}
