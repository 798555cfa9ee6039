import type { Clock } from './clock.ts';
import type { LambdaRuntime } from './lambda/runtime.ts';
import type { Application } from './model/application.ts';
import type { Observer } from './observe/observer.ts';

/**
 * Demo data for empty tables: a template may name a function of its own in `Metadata: Gavel: SeedFunction`, which is
 * called once when this start has made tables. The gateway knows nothing of what that function writes.
 */
export const seed = async (
  application: Application,
  lambda: Pick<LambdaRuntime, 'invoke' | 'endIdle'>,
  clock: Clock,
  observer: Observer,
): Promise<void> => {
  const name = gavelMetadata(application).SeedFunction;
  if (typeof name !== 'string') return;
  const warn = (text: string): void => observer.emit({ kind: 'notice', at: clock.now(), level: 'warning', text });
  const seeder = application.functions.find((fn) => fn.logicalId === name);
  if (!seeder) {
    warn(`Metadata.Gavel.SeedFunction names ${name}, which is no function of the template; tables stay empty.`);
    return;
  }
  const result = await lambda.invoke({ function: { name: seeder.name, qualifier: null }, payload: '{}' });
  lambda.endIdle(seeder.name);
  if (result.kind !== 'answered' || result.functionError) {
    warn(`${name} could not seed the tables: ${result.kind === 'answered' ? result.payload : result.reason}`);
  }
};

/** The part of the template's `Metadata` that is written for this gateway. */
export const gavelMetadata = (application: Application): Readonly<Record<string, unknown>> => {
  const own = application.metadata.Gavel;
  return own !== null && typeof own === 'object' ? (own as Record<string, unknown>) : {};
};
