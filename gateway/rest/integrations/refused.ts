import { configurationError, NotServedLocally } from '../gateway-response.ts';
import type { IntegrationType } from './integration-type.ts';

const nothing = (): void => {};

/** AWS runs it, this gateway does not: every request is refused with the reason. */
export const notServed = (reason: string): IntegrationType => ({
  answersTraceId: false,
  request() {
    throw new NotServedLocally(reason);
  },
  call: nothing,
  response: nothing,
});

/** AWS itself would fail at every request: so does this gateway, with the execution log's reason. */
export const misconfigured = (reason: string): IntegrationType => ({
  answersTraceId: false,
  request() {
    throw configurationError(reason);
  },
  call: nothing,
  response: nothing,
});
