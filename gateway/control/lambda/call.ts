import type { Clock } from '../../clock.ts';
import type { EventInvoker, FunctionInvoker, StreamingInvoker } from '../../lambda/invocation.ts';
import type { FunctionControl } from '../../lambda/versions/function-control.ts';
import type { Observer } from '../../observe/observer.ts';
import type { ApiRequest } from '../../server/messages.ts';
import { LambdaError } from './lambda-error.ts';

/** What the operations work on. */
export type LambdaServices = {
  readonly lambda: FunctionInvoker & StreamingInvoker;
  readonly events: EventInvoker;
  readonly control: FunctionControl;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly account: { readonly id: string; readonly region: string; readonly partition: string };
};

/** One call of an operation. */
export type LambdaCall = {
  readonly services: LambdaServices;
  /** When this API came up: `$LATEST` has no older date here. */
  readonly startedAt: number;
  readonly request: ApiRequest;
  /** What the path's pattern found, decoded. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
};

/** The request's body as an object. */
export const bodyOf = ({ request }: LambdaCall): Readonly<Record<string, unknown>> => {
  const text = request.body.toString('utf8');
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Said below.
  }
  throw new LambdaError(
    'InvalidRequestContentException',
    'Could not parse request body into json: an object is wanted.',
  );
};

/** A member of the body that must be a text. */
export const requiredText = (body: Readonly<Record<string, unknown>>, name: string): string => {
  const value = body[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new LambdaError('InvalidParameterValueException', `'${name}' must be given`);
};
