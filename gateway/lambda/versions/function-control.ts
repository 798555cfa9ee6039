import type { Clock } from '../../clock.ts';
import { accountConcurrency, keptUnreserved } from '../concurrency.ts';
import type { DeployedFunction } from '../deployed-function.ts';
import { latest } from '../qualifiers.ts';
import { aliasNotFound, checkRouting } from './alias-routing.ts';
import { ControlError } from './control-error.ts';
import { type FunctionPins, type HeldVersion, type PinnedAlias, unpinned } from './function-pins.ts';
import type { PinStore } from './pin-store.ts';
import { aliasText, isPinned, pinsText, remedy } from './pins-text.ts';
import type { VersionContent } from './version-content.ts';

export type FunctionControlOptions = {
  readonly clock: Clock;
  readonly pins: PinStore;
  find(name: string): DeployedFunction | undefined;
  functions(): Iterable<DeployedFunction>;
  /** Resolves when the builds under way are done. */
  settled(): Promise<void>;
  /** Puts a version's content where no edit reaches it. */
  snapshot(content: VersionContent): Promise<VersionContent>;
  /** Called when limits have changed. */
  limitsChanged(): void;
  notice(level: 'info' | 'warning', text: string): void;
};

export type AliasChange = {
  readonly version?: string | undefined;
  readonly routing?: Readonly<Record<string, number>> | undefined;
  readonly description?: string | undefined;
};

/** What Lambda's control plane changes about functions that run here. Changes are kept before they are answered. */
export class FunctionControl {
  readonly #options: FunctionControlOptions;
  /** One change after the other: each reads what the last has written. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(options: FunctionControlOptions) {
    this.#options = options;
  }

  functions(): readonly DeployedFunction[] {
    return [...this.#options.functions()];
  }

  /** By name or ARN; undefined where there is none. */
  known(name: string): DeployedFunction | undefined {
    return this.#options.find(name);
  }

  /** By name or ARN. */
  find(name: string): DeployedFunction {
    const deployed = this.known(name);
    if (!deployed) throw new ControlError('ResourceNotFoundException', `Function not found: ${name}`);
    return deployed;
  }

  /** Keeps what `$LATEST` runs as a version of its own; where nothing has changed since the last one, that one. */
  publishVersion(name: string, description: string): Promise<string> {
    return this.#change(name, async (deployed) => {
      const { pins } = deployed;
      const content = this.#contentOf(deployed, latest);
      const published = Object.entries(pins.versions).filter(([, held]) => held.published);
      const [last, held] = published.at(-1) ?? [];
      if (last !== undefined && held?.content.identity === content.identity) return last;
      const numbers = [...deployed.fn.versions.map(({ version }) => Number(version)), 0].filter(Number.isInteger);
      const version = String(Math.max(...numbers) + 1);
      await this.#keep(deployed, {
        ...pins,
        versions: { ...pins.versions, [version]: await this.#hold(content, description, true) },
      });
      return version;
    });
  }

  createAlias(name: string, alias: string, change: AliasChange & { readonly version: string }): Promise<void> {
    return this.#change(name, async (deployed) => {
      if (deployed.fn.aliases.some((known) => known.name === alias)) {
        throw new ControlError('ResourceConflictException', `Alias already exists: ${deployed.fn.arn}:${alias}`);
      }
      const { version, routing = {}, description = '' } = change;
      await this.#pinAlias(deployed, alias, { version, routing, description });
    });
  }

  updateAlias(name: string, alias: string, change: AliasChange): Promise<void> {
    return this.#change(name, async (deployed) => {
      const known = deployed.fn.aliases.find((one) => one.name === alias);
      if (!known) throw aliasNotFound(deployed, alias);
      await this.#pinAlias(deployed, alias, {
        version: change.version ?? known.version,
        routing: change.routing ?? known.routing,
        description: change.description ?? deployed.pins.aliases[alias]?.description ?? '',
      });
    });
  }

  /** One that is not there is deleted all the same, as on Lambda. */
  deleteAlias(name: string, alias: string): Promise<void> {
    return this.#change(name, async (deployed) => {
      const { pins } = deployed;
      if (!deployed.fn.aliases.some((one) => one.name === alias)) return;
      await this.#keep(deployed, { ...pins, aliases: { ...pins.aliases, [alias]: null } });
      this.#options.notice('info', `${deployed.fn.name}: alias ${alias} was deleted; ${remedy}`);
    });
  }

  /** null: none is reserved any more. */
  reserveConcurrency(name: string, reserved: number | null): Promise<void> {
    return this.#change(name, async (deployed) => {
      const others = this.functions()
        .filter((one) => one !== deployed)
        .reduce((sum, { fn }) => sum + (fn.reservedConcurrency ?? 0), 0);
      if (reserved !== null && others + reserved > accountConcurrency - keptUnreserved) {
        throw new ControlError(
          'InvalidParameterValueException',
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${keptUnreserved}].`,
        );
      }
      await this.#keep(deployed, { ...deployed.pins, reservedConcurrency: reserved });
      this.#options.notice(
        'info',
        `${deployed.fn.name}: its reserved concurrency is now ${reserved ?? 'none'}; ${remedy}`,
      );
    });
  }

  /** null: none is provisioned any more. */
  provisionConcurrency(name: string, qualifier: string, provisioned: number | null): Promise<void> {
    return this.#change(name, async (deployed) => {
      const { pins, fn } = deployed;
      if (qualifier === latest || !deployed.targets.has(qualifier)) {
        throw new ControlError(
          'InvalidParameterValueException',
          `Provisioned Concurrency Configs cannot be applied to ${qualifier}: it is neither an alias nor a published version.`,
        );
      }
      if ((provisioned ?? 0) > deployed.concurrency) {
        throw new ControlError(
          'InvalidParameterValueException',
          `Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function (${deployed.concurrency})`,
        );
      }
      const counts = { ...pins.provisionedConcurrency, [qualifier]: provisioned ?? 0 };
      await this.#keep(deployed, { ...pins, provisionedConcurrency: counts });
      this.#options.notice('info', `${fn.name}:${qualifier} keeps ${provisioned ?? 0} environments ready; ${remedy}`);
    });
  }

  /** Gives functions back to the template: all of them, or one. Returns the names of those that changed. */
  async unpin(name: string | null): Promise<readonly string[]> {
    const chosen = name === null ? this.functions() : [this.find(name)];
    const changed: string[] = [];
    for (const { fn } of chosen) {
      await this.#change(fn.name, async (deployed) => {
        if (!isPinned(deployed.pins)) return;
        await this.#keep(deployed, unpinned(deployed.pins));
        changed.push(fn.name);
      });
    }
    if (changed.length > 0) this.#options.notice('info', `${changed.join(', ')}: as in the template again.`);
    return changed;
  }

  /** Hands a function its pins of an earlier run, and says so where they make a difference. */
  restore(deployed: DeployedFunction): void {
    const pins = this.#options.pins.get(deployed.fn.name);
    deployed.pin(pins);
    if (isPinned(pins)) this.#options.notice('info', `${deployed.fn.name}: ${pinsText(pins)}; ${remedy}`);
  }

  async #pinAlias(deployed: DeployedFunction, name: string, alias: PinnedAlias): Promise<void> {
    const { pins, fn } = deployed;
    checkRouting(deployed, alias);
    const versions: Record<string, HeldVersion> = { ...pins.versions };
    for (const version of [alias.version, ...Object.keys(alias.routing)]) {
      if (version === latest || versions[version]) continue;
      versions[version] = await this.#hold(this.#contentOf(deployed, version), '', false);
    }
    await this.#keep(deployed, { ...pins, versions, aliases: { ...pins.aliases, [name]: alias } });
    this.#options.notice('info', `${fn.name}: ${aliasText(name, alias)}; ${remedy}`);
  }

  #contentOf(deployed: DeployedFunction, version: string): VersionContent {
    const content = deployed.contentOf(version);
    if (content) return content;
    throw new ControlError('ResourceNotFoundException', `Function not found: ${deployed.fn.arn}:${version}`);
  }

  async #hold(content: VersionContent, description: string, published: boolean): Promise<HeldVersion> {
    const held = await this.#options.snapshot(content);
    return { content: held, description, at: this.#options.clock.now(), published };
  }

  async #keep(deployed: DeployedFunction, pins: FunctionPins): Promise<void> {
    await this.#options.pins.set(deployed.fn.name, pins);
    deployed.pin(pins);
    this.#options.limitsChanged();
  }

  #change<Result>(name: string, work: (deployed: DeployedFunction) => Promise<Result>): Promise<Result> {
    const done = this.#changing.then(async () => {
      await this.#options.settled();
      return work(this.find(name));
    });
    this.#changing = done.catch(() => {});
    return done;
  }
}
