import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import type { GatewayOptions } from '#gateway/gateway-options.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { eventually } from '../cloud/eventually.ts';

const start = Date.parse('2026-08-01T12:00:30Z');
const minute = 60_000;
let gateway: Gateway | undefined;
let folder: string | undefined;
afterEach(async () => {
  await gateway?.stop();
  if (folder) rmSync(folder, { recursive: true });
  gateway = folder = undefined;
});

const template = (resources: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Ticker:
    Type: AWS::Serverless::Function
    Properties: { Handler: ticker.handler, Runtime: nodejs24.x, CodeUri: code }
${resources}`;

type Opened = {
  readonly clock: AdjustableClock;
  events(): unknown[];
  notices(): string[];
  write(resources: string): void;
};

const open = async (resources: string, options: GatewayOptions = {}): Promise<Opened> => {
  folder = mkdtempSync(join(tmpdir(), 'gavel-schedules-'));
  const write = (text: string): void => writeFileSync(join(folder!, 'template.yaml'), template(text));
  write(resources);
  mkdirSync(join(folder, 'code'));
  writeFileSync(join(folder, 'code', 'ticker.mjs'), 'export const handler = async () => {};');
  const clock = adjustableClock(start, 0);
  const observer = createObserver();
  const events: unknown[] = [];
  const notices: string[] = [];
  observer.subscribe((seen) => {
    if (seen.kind === 'invocation') events.push(JSON.parse(seen.event));
    if (seen.kind === 'notice') notices.push(seen.text);
  });
  gateway = await startGateway({
    ...options,
    template: join(folder, 'template.yaml'),
    clock,
    observer,
    stackName: 'tick',
  });
  return { clock, events: () => events, notices: () => notices, write };
};

const rule = (schedule: string, target: string, more = ''): string => `
  Rule:
    Type: AWS::Events::Rule
    Properties:
      Name: tick
      ScheduleExpression: ${schedule}
      ${more}
      Targets:
        - { Id: a, Arn: !GetAtt Ticker.Arn${target} }
`;

test('a gateway that is alone with its caller rings no schedule', async () => {
  const { clock, events } = await open(rule('rate(1 hour)', ''), { alone: true });
  clock.advance(3 * 60 * minute);
  await gateway!.invoke('Ticker', 'called');
  expect(events()).toEqual(['called']);
});

describe('a rule with a schedule', () => {
  test('sends EventBridge’s event at each of its times while a clock is advanced', async () => {
    const { clock, events } = await open(rule('rate(1 hour)', ''));
    clock.advance(59 * minute);
    clock.advance(2 * 60 * minute);
    await eventually('two events', () => events().length === 2);
    expect(events()[0]).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '123456789012',
      time: '2026-08-01T13:00:30Z',
      region: 'us-east-1',
      resources: ['arn:aws:events:us-east-1:123456789012:rule/tick'],
      detail: {},
    });
    expect(events()[1]).toMatchObject({ time: '2026-08-01T14:00:30Z' });
  });

  test('gives its target what the target asks for', async () => {
    const transformer = `, InputTransformer: { InputPathsMap: { when: $.time, all: $.detail }, InputTemplate: '{"at": "it is <when>", "raw": <when>, "all": <all>, "rule": <aws.events.rule-name>}' }`;
    const { clock, events } = await open(rule('cron(0/5 * * * ? *)', transformer));
    clock.advance(5 * minute);
    await eventually('the event', () => events().length === 1);
    expect(events()[0]).toEqual({
      at: 'it is 2026-08-01T12:05:00Z',
      raw: '2026-08-01T12:05:00Z',
      all: {},
      rule: 'tick',
    });
  });

  test('keeps counting over a reload that leaves it alone, and follows one that does not', async () => {
    const { clock, events, write } = await open(rule('rate(10 minutes)', ', Input: "1"'));
    clock.advance(9 * minute);
    await gateway!.reload();
    clock.advance(minute);
    await eventually('the event', () => events().length === 1);
    await gateway!.idle();
    write(rule('rate(10 minutes)', ', Input: "2"'));
    await gateway!.reload();
    clock.advance(10 * minute);
    await eventually('the other event', () => events().length === 2);
    await gateway!.idle();
    write(rule('rate(10 minutes)', ', Input: "3"', 'State: DISABLED'));
    await gateway!.reload();
    clock.advance(60 * minute);
    await gateway!.idle();
    expect(events()).toEqual([1, 2]);
  });

  test('says which targets hear nothing', async () => {
    const { notices } = await open(`
  Queue: { Type: AWS::SQS::Queue }
  Rule:
    Type: AWS::Events::Rule
    Properties:
      ScheduleExpression: rate(1 minute)
      Targets: [{ Id: a, Arn: !GetAtt Queue.Arn }]
`);
    expect(notices().join('\n')).toMatch(/template\.yaml:\d+:\d+: Rule: its target arn:aws:sqs:\S+ is no function/);
  });
});

const schedule = (properties: string, input: string | null): string => `
  Evening:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: evening
      ${properties}
      Target: { Arn: !GetAtt Ticker.Arn, RoleArn: 'arn:aws:iam::123456789012:role/r'${input === null ? '' : `, Input: '${input}'`} }
`;

/** In steps, or what is due early would be too old for its function at the end. */
const passDays = async (clock: AdjustableClock, days: number): Promise<void> => {
  for (let hour = 0; hour < days * 24; hour++) {
    clock.advance(60 * minute);
    await new Promise((next) => setImmediate(next));
    await gateway!.idle();
  }
};

describe('a schedule of EventBridge Scheduler', () => {
  test('goes by its time zone, between its dates', async () => {
    const { clock, events } = await open(
      schedule(
        `ScheduleExpression: cron(0 20 * * ? *)
      ScheduleExpressionTimezone: Europe/Berlin
      StartDate: 2026-08-02T00:00:00Z
      EndDate: 2026-08-04T00:00:00Z
      FlexibleTimeWindow: { Mode: 'OFF' }`,
        null,
      ),
    );
    await passDays(clock, 5);
    await eventually('two events', () => events().length === 2);
    expect(events()).toMatchObject([
      { time: '2026-08-02T18:00:00Z', source: 'aws.scheduler', detail: '{}' },
      {
        time: '2026-08-03T18:00:00Z',
        resources: ['arn:aws:scheduler:us-east-1:123456789012:schedule/default/evening'],
      },
    ]);
  });

  test('begins a rate at once, fills its input, and puts times off within a flexible window', async () => {
    const { clock, events } = await open(
      schedule(
        `ScheduleExpression: rate(1 hours)
      FlexibleTimeWindow: { Mode: FLEXIBLE, MaximumWindowInMinutes: 15 }`,
        '{"due":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>","try":<aws.scheduler.attempt-number>}',
      ),
    );
    clock.advance(16 * minute);
    await eventually('the event', () => events().length === 1);
    expect(events()).toEqual([
      {
        due: '2026-08-01T12:00:30Z',
        by: 'arn:aws:scheduler:us-east-1:123456789012:schedule/default/evening',
        try: 1,
      },
    ]);
  });

  test('comes once by a date', async () => {
    const { clock, events } = await open(
      schedule(
        `ScheduleExpression: at(2026-08-01T13:00:00)
      FlexibleTimeWindow: { Mode: 'OFF' }`,
        '"now"',
      ),
    );
    await passDays(clock, 2);
    await eventually('the event', () => events().length === 1);
    expect(events()).toEqual(['now']);
  });
});
