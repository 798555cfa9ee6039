import type { Place } from './place.ts';
import type { PolicyDocument } from './policy.ts';

/** A bus of EventBridge that the template makes; the account's `default` needs no making. */
export type EventBus = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly deadLetterTargetArn: string | null;
  readonly policies: readonly PolicyDocument[];
  readonly place: Place;
};

/** A rule of EventBridge: what it waits for, and who then hears of it. */
export type EventRule = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** The name of its bus. */
  readonly bus: string;
  readonly enabled: boolean;
  /** null: none; a rule has a pattern, a schedule or both. */
  readonly pattern: Readonly<Record<string, unknown>> | null;
  /** `rate(…)` or `cron(…)`. */
  readonly schedule: string | null;
  readonly targets: readonly EventTarget[];
  readonly place: Place;
};

export type EventTarget = {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | null;
  readonly input: EventInput;
  readonly deadLetterTargetArn: string | null;
  readonly retry: DeliveryRetry;
  /** What a target of this kind takes besides: `SqsParameters`, `HttpParameters` and their like, as written. */
  readonly parameters: Readonly<Record<string, unknown>>;
};

/** What the target is given: the event itself, a fixed text, a part of the event, or a text made of parts. */
export type EventInput =
  | { readonly kind: 'event' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'template'; readonly paths: Readonly<Record<string, string>>; readonly template: string };

export type DeliveryRetry = { readonly maximumEventAgeInSeconds: number; readonly maximumRetryAttempts: number };
