import type { Clock } from '../../../clock.ts';
import { formatPlace, type Place } from '../../../model/place.ts';
import type { Observer } from '../../../observe/observer.ts';
import { type EventInvoker, type FunctionReference, parseFunctionReference } from '../../invocation.ts';
import type { DeadLetters } from '../dead-letters.ts';

export type ScheduleOptions = {
  readonly clock: Clock;
  readonly observer: Observer;
  readonly events: EventInvoker;
  readonly deadLetters: DeadLetters;
  readonly account: { readonly id: string; readonly region: string };
  /** A number between 0 and 1 for each time within a flexible window; `Math.random` unless told otherwise. */
  draw?(): number;
};

/** What a rule or a schedule needs to ring. */
export type AlarmContext = ScheduleOptions & {
  notice(level: 'warning' | 'error', text: string): void;
  send(delivery: ScheduledDelivery): void;
};

/** One event for one target. */
export type ScheduledDelivery = {
  /** Of the rule or the schedule. */
  readonly arn: string;
  readonly name: string;
  readonly target: FunctionReference;
  readonly targetArn: string;
  readonly deadLetterTargetArn: string | null;
  readonly payload: string;
};

/** The function a target names; null, and said once, where it is of another service. */
export const functionTarget = (
  { notice }: AlarmContext,
  { logicalId, place }: { readonly logicalId: string; readonly place: Place },
  arn: string,
): FunctionReference | null => {
  const reference = arn.includes(':lambda:') ? parseFunctionReference(arn) : null;
  if (reference === null) {
    notice(
      'warning',
      `${formatPlace(place)}: ${logicalId}: its target ${arn} is no function; nothing stands for it here`,
    );
  }
  return reference;
};
