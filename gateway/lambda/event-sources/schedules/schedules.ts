import type { Timer } from '../../../clock.ts';
import type { EventRule } from '../../../model/event-rule.ts';
import { formatPlace, type Place } from '../../../model/place.ts';
import type { Schedule } from '../../../model/schedule.ts';
import type { AlarmContext, ScheduledDelivery, ScheduleOptions } from './alarm-context.ts';
import { alarmOfRule } from './rule-alarm.ts';
import { alarmOfSchedule } from './scheduler-alarm.ts';

export type Schedules = {
  /** What a reload changes: those that stay the same go on counting. */
  replace(rules: readonly EventRule[], schedules: readonly Schedule[]): void;
  stop(): void;
};

type Entry = { readonly text: string; readonly alarm: Timer };

/** Rules with a schedule and schedules of EventBridge Scheduler, on the gateway's clock. */
export const startSchedules = (options: ScheduleOptions): Schedules => {
  const running = new Map<string, Entry>();
  const notice = (level: 'warning' | 'error', text: string): void =>
    options.observer.emit({ kind: 'notice', at: options.clock.now(), level, text });
  const context: AlarmContext = { ...options, notice, send: (delivery) => void send(options, delivery, notice) };

  const follow = (wanted: ReadonlyMap<string, Wanted>): void => {
    for (const [key, { alarm }] of running) {
      if (wanted.has(key)) continue;
      alarm.cancel();
      running.delete(key);
    }
    for (const [key, { text, place, start }] of wanted) {
      const before = running.get(key);
      if (before?.text === text) continue;
      before?.alarm.cancel();
      running.delete(key);
      try {
        running.set(key, { text, alarm: start() });
      } catch (error) {
        notice('error', `${formatPlace(place)}: ${key} never runs: ${(error as Error).message}`);
      }
    }
  };

  return {
    replace(rules, schedules) {
      follow(
        new Map([
          ...rules
            .filter(({ enabled, schedule }) => enabled && schedule !== null)
            .map((rule) => wantedOf(rule, () => alarmOfRule(context, rule))),
          ...schedules
            .filter(({ enabled }) => enabled)
            .map((schedule) => wantedOf(schedule, () => alarmOfSchedule(context, schedule))),
        ]),
      );
    },
    stop: () => follow(new Map()),
  };
};

type Wanted = { readonly text: string; readonly place: Place; readonly start: () => Timer };

const wantedOf = (described: EventRule | Schedule, start: () => Timer): [string, Wanted] => [
  described.logicalId,
  { text: JSON.stringify({ ...described, place: null }), place: described.place, start },
];

/** Lambda keeps the event and tries it again by itself; what it does not take is no matter of another attempt. */
const send = async (
  { events, deadLetters, clock }: ScheduleOptions,
  { arn, name, target, targetArn, deadLetterTargetArn, payload }: ScheduledDelivery,
  notice: AlarmContext['notice'],
): Promise<void> => {
  const taken = await events.accept({ function: target, payload, sourceArn: arn });
  if (taken.kind === 'accepted') return;
  const letter = {
    destination: deadLetterTargetArn,
    as: 'DeadLetterConfig',
    body: payload,
    attributes: {
      RULE_ARN: arn,
      TARGET_ARN: targetArn,
      ERROR_CODE: errorCodes[taken.kind],
      ERROR_MESSAGE: taken.reason,
    },
    timestamp: new Date(clock.now()).toISOString(),
  };
  const where = deadLetterTargetArn === null ? null : await deadLetters.append(letter);
  notice(
    'error',
    `${name}: its event was not taken: ${taken.reason}${where === null ? '' : `; it is kept in ${where}`}`,
  );
};

const errorCodes = {
  'not-found': 'RESOURCE_NOT_FOUND',
  unsupported: 'NOT_RUN_LOCALLY',
  'too-large': 'INVALID_PARAMETER',
} as const;
