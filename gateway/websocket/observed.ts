import { type Phase, runPhases } from '../phase.ts';
import type { EventContext } from './context.ts';
import { asGatewayError, type GatewayError } from './gateway-error.ts';

type Described = {
  readonly event: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
  readonly stage: string;
  readonly connectionId: string;
};

type Outcome = { readonly status: number; readonly error: GatewayError | null };

/** Runs an event's phases and tells the observer how it went. The error is for the caller to render. */
export const runObserved = async <Context extends EventContext>(
  phases: readonly Phase<Context>[],
  context: Context,
  describe: (context: Context) => Described,
  statusOf: (context: Context) => number,
): Promise<Outcome> => {
  const { clock, observer } = context.api.services;
  const started = clock.monotonic();
  let error: GatewayError | null = null;
  try {
    await runPhases(phases, context);
  } catch (thrown) {
    error = asGatewayError(thrown);
  }
  const status = error?.status ?? statusOf(context);
  const route = context.route?.routeKey ?? null;
  // A function that fails is in its log; what the gateway cannot call, or not call here, is for whoever keeps the template.
  if (error && (status === 500 || status === 501)) context.api.warnOnce(error.reason, `WebSocket route ${route}`);
  observer.emit({
    kind: 'socket',
    at: context.at,
    api: context.api.logicalId,
    ...describe(context),
    route,
    status,
    latencyMs: clock.monotonic() - started,
    requestId: context.requestId,
    reason: error?.reason ?? null,
  });
  return { status, error };
};
