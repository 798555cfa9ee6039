import type { WorkerStart } from './environments/environment-spec.ts';
import type { ExitReason } from './environments/failures.ts';

/** Gateway → host. Events never travel this way: each environment has a socket of its own to the gateway. */
export type HostCommand =
  | { readonly kind: 'start'; readonly start: WorkerStart }
  | { readonly kind: 'terminate'; readonly id: number };

/** Host → gateway. */
export type HostReport = { readonly kind: 'exited'; readonly id: number; readonly reason: ExitReason };
