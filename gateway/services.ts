import type { IdentityStore } from './auth/identities.ts';
import type { Clock } from './clock.ts';
import type { EventInvoker, FunctionInvoker } from './lambda/invocation.ts';
import type { Observer } from './observe/observer.ts';

/** What a data plane needs of the rest of the gateway. */
export type Services = {
  readonly clock: Clock;
  readonly lambda: FunctionInvoker;
  /** Functions that are called and not waited for. */
  readonly events: EventInvoker;
  readonly identities: IdentityStore;
  readonly observer: Observer;
  readonly account: { readonly id: string; readonly region: string; readonly partition: string };
};
