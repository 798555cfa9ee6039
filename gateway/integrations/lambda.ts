import type { InvocationRequest, InvocationResult } from '../lambda/invocation.ts';
import type { Services } from '../services.ts';

export type LambdaOutcome = InvocationResult | { readonly kind: 'timed-out' };

const timedOut: LambdaOutcome = { kind: 'timed-out' };

/** Invokes a function and waits for it no longer than the integration's time-out, counted on the gateway's clock. */
export const invokeLambda = (
  services: Pick<Services, 'clock' | 'lambda'>,
  request: InvocationRequest,
  timeoutInMillis: number,
): Promise<LambdaOutcome> =>
  new Promise((resolve, reject) => {
    const timer = services.clock.after(timeoutInMillis, () => resolve(timedOut));
    services.lambda.invoke(request).then(
      (result) => {
        timer.cancel();
        resolve(result);
      },
      (error: unknown) => {
        timer.cancel();
        reject(error);
      },
    );
  });

/** `errorMessage` of a failed function's answer, for the log. */
export const functionErrorMessage = (payload: string): string => {
  try {
    const parsed: unknown = JSON.parse(payload);
    if (typeof parsed === 'object' && parsed !== null && 'errorMessage' in parsed) return String(parsed.errorMessage);
  } catch {
    // Not JSON: the text itself is the best there is.
  }
  return payload;
};
