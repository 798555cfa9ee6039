import { uuid } from '../../../ids.ts';
import type { AlarmContext } from './alarm-context.ts';

/** `2026-08-01T12:00:00Z` */
export const wholeSeconds = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

/** What EventBridge sends at a time of a rule. Scheduler sends the same, with its empty detail as a text. */
export const scheduledEvent = (
  source: 'aws.events' | 'aws.scheduler',
  arn: string,
  scheduled: number,
  { id: account, region }: AlarmContext['account'],
) => ({
  version: '0',
  id: uuid(),
  'detail-type': 'Scheduled Event',
  source,
  account,
  time: wholeSeconds(scheduled),
  region,
  resources: [arn],
  detail: source === 'aws.events' ? {} : '{}',
});
