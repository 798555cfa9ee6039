import type { Timer } from '../../../clock.ts';
import type { EventRule } from '../../../model/event-rule.ts';
import { startAlarm } from './alarm.ts';
import { type AlarmContext, functionTarget } from './alarm-context.ts';
import { scheduleTimes } from './schedule-times.ts';
import { scheduledEvent } from './scheduled-event.ts';
import { targetInput } from './target-input.ts';

/** A rule counts from the moment when it is made, in UTC, and rings for each of its targets. */
export const alarmOfRule = (context: AlarmContext, rule: EventRule): Timer => {
  const { clock, account, send } = context;
  const { arn, name } = rule;
  const madeAt = clock.now();
  const targets = rule.targets.flatMap((target) => {
    const reference = functionTarget(context, rule, target.arn);
    return reference === null ? [] : [{ ...target, reference }];
  });
  const times = scheduleTimes(rule.schedule ?? '', 'UTC', madeAt);
  return startAlarm({
    clock,
    times,
    // A rate begins with a whole period.
    from: madeAt + 2,
    until: null,
    delay: () => 0,
    ring(scheduled) {
      const event = scheduledEvent('aws.events', arn, scheduled, account);
      for (const { input, reference, arn: targetArn, deadLetterTargetArn } of targets) {
        const payload = targetInput(input, event, { arn, name, ingestionTime: event.time });
        send({ arn, name, target: reference, targetArn, deadLetterTargetArn, payload });
      }
    },
  });
};
