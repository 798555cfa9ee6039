/** What tests and tools take from this package. */
export { type AdjustableClock, adjustableClock } from './adjustable-clock.ts';
export { type Clock, systemClock } from './clock.ts';
export { type Gateway, startGateway } from './gateway.ts';
export type { GatewayOptions } from './gateway-options.ts';
export { createObserver, type Observation, type Observer } from './observe/observer.ts';
export { GavelError, type Problem } from './problem.ts';
