import type { Timer } from '../../../clock.ts';
import { uuid } from '../../../ids.ts';
import type { Schedule } from '../../../model/schedule.ts';
import { startAlarm } from './alarm.ts';
import { type AlarmContext, functionTarget } from './alarm-context.ts';
import { scheduleTimes } from './schedule-times.ts';
import { scheduledEvent, wholeSeconds } from './scheduled-event.ts';

/** A schedule of EventBridge Scheduler: a rate rings at its start, which is now unless the schedule names a date. */
export const alarmOfSchedule = (context: AlarmContext, schedule: Schedule): Timer => {
  const { clock, draw = Math.random, send } = context;
  const { arn, name, expression, timezone, flexibleWindowMinutes, target } = schedule;
  const reference = functionTarget(context, schedule, target.arn);
  // A time that stands in the schedule itself heeds no other.
  const isOnce = expression.startsWith('at(');
  const from = isOnce ? null : dateOf(schedule.startDate);
  const times = scheduleTimes(expression, timezone, from ?? clock.now());
  return startAlarm({
    clock,
    times,
    from,
    until: isOnce ? null : dateOf(schedule.endDate),
    delay: () => Math.floor(draw() * flexibleWindowMinutes * 60_000),
    ring(scheduled) {
      if (reference === null) return;
      const payload = schedulerInput(schedule, scheduled, context.account);
      const { arn: targetArn, deadLetterTargetArn } = target;
      send({ arn, name, target: reference, targetArn, deadLetterTargetArn, payload });
    },
  });
};

const dateOf = (text: string | null): number | null => {
  if (text === null) return null;
  // Dates are in UTC, whether they say so or not.
  const time = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(time)) throw new Error(`${text} is no date`);
  return time;
};

/** The target's own input with what Scheduler puts in, or the event that it sends where there is none. */
const schedulerInput = (
  { arn, target: { input } }: Schedule,
  scheduled: number,
  account: AlarmContext['account'],
): string => {
  if (input === null) return JSON.stringify(scheduledEvent('aws.scheduler', arn, scheduled, account));
  const filled: Readonly<Record<string, string>> = {
    'schedule-arn': arn,
    'scheduled-time': wholeSeconds(scheduled),
    'execution-id': uuid(),
    'attempt-number': '1',
  };
  return input.replace(/<aws\.scheduler\.([a-z-]+)>/g, (whole, key: string) => filled[key] ?? whole);
};
