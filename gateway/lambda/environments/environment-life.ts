import type { Clock } from '../../clock.ts';
import type { Environment } from './environment.ts';
import type { AwsRoute } from './environment-spec.ts';
import type { ExitReason } from './failures.ts';
import type { InvocationLog } from './invocation-log.ts';
import type { PendingInvocation } from './pending-invocation.ts';

/** What a function's pool is told by its environments. */
export type EnvironmentOwner = {
  environmentReady(environment: Environment): void;
  /** The init phase failed; the environment is ending. */
  initFailed(environment: Environment, failure: (requestId: string) => string): void;
  /** An event is answered and another one may come. */
  environmentAnswered(environment: Environment): void;
  /** Events that were handed ahead and have not begun come back, in order. */
  eventsReturned(events: readonly PendingInvocation[]): void;
  /** It has ended, by itself or by us. `reason` is given where that was before it was ready. */
  environmentGone(environment: Environment, reason: ExitReason | null): void;
};

export type EnvironmentLife = {
  readonly id: number;
  readonly version: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** False where the gateway's clock is the system's: the environment's own time is then right as it is. */
  readonly followsClock: boolean;
  /** Whether its first event is told of the init phase; a provisioned environment began before any event. */
  readonly billsInit: boolean;
  readonly log: InvocationLog;
  readonly owner: EnvironmentOwner;
  routes(): readonly AwsRoute[];
  /** Ends the worker and puts another one in its place. */
  restart(): void;
  /** Ends the worker, whatever it is doing. */
  terminate(): void;
};

/** What an environment is told before it begins. */
export const welcomeText = ({ routes, clock, followsClock }: EnvironmentLife): string =>
  JSON.stringify({ routes: routes(), clock: followsClock ? clock.reading() : null });
