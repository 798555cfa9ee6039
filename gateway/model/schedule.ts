import type { DeliveryRetry } from './event-rule.ts';
import type { Place } from './place.ts';

/** A schedule of EventBridge Scheduler. */
export type Schedule = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly group: string;
  readonly enabled: boolean;
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly timezone: string;
  readonly startDate: string | null;
  readonly endDate: string | null;
  /** 0: at the minute itself. */
  readonly flexibleWindowMinutes: number;
  readonly target: {
    readonly arn: string;
    readonly roleArn: string;
    readonly input: string | null;
    readonly deadLetterTargetArn: string | null;
    readonly retry: DeliveryRetry;
    /** What a target of this kind takes besides, as written. */
    readonly parameters: Readonly<Record<string, unknown>>;
  };
  readonly place: Place;
};
