import type { WorkerStart } from './environments/environment-spec.ts';
import type { ExitReason } from './environments/failures.ts';

/** Gateway → host. Events never travel this way: each environment has a socket of its own to the gateway. */
export type HostCommand =
  | { readonly kind: 'start'; readonly start: WorkerStart }
  | { readonly kind: 'terminate'; readonly id: number }
  /** A start is likely soon. */
  | { readonly kind: 'anticipate' }
  /** Another worker takes the place of this one. */
  | { readonly kind: 'restart'; readonly id: number };

/** Host → gateway. */
export type HostReport =
  | { readonly kind: 'exited'; readonly id: number; readonly reason: ExitReason }
  /** A process with a group of its own has begun or ended. */
  | { readonly kind: 'process'; readonly pid: number; readonly alive: boolean }
  /** It holds more memory than its gateway finds right. */
  | { readonly kind: 'memory'; readonly megabytes: number };
