import { describe, expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const read = (resources: string) => readInline(`Resources:\n${resources}`).application;

describe('rules of EventBridge', () => {
  test('a rule on a bus of its own, with what its targets are given', () => {
    const { eventRules, eventBuses } = read(`  Bus: { Type: AWS::Events::EventBus, Properties: { Name: auctions } }
  Sold:
    Type: AWS::Events::Rule
    Properties:
      Name: sold
      EventBusName: !GetAtt Bus.Arn
      EventPattern: { source: [lots] }
      Targets:
        - { Id: a, Arn: arn:a }
        - { Id: b, Arn: arn:b, Input: '{}', RetryPolicy: { MaximumRetryAttempts: 2 } }
        - { Id: c, Arn: arn:c, InputPath: $.detail, DeadLetterConfig: { Arn: arn:q } }
        - { Id: d, Arn: arn:d, InputTransformer: { InputPathsMap: { l: $.detail.l }, InputTemplate: '"<l>"' }, SqsParameters: { MessageGroupId: g } }`);
    expect(eventBuses).toMatchObject([{ name: 'auctions' }]);
    expect(eventRules).toMatchObject([
      {
        name: 'sold',
        arn: 'arn:aws:events:us-east-1:123456789012:rule/auctions/sold',
        bus: 'auctions',
        enabled: true,
        pattern: { source: ['lots'] },
        schedule: null,
        targets: [
          { input: { kind: 'event' }, retry: { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 } },
          { input: { kind: 'text', text: '{}' }, retry: { maximumRetryAttempts: 2 } },
          { input: { kind: 'path', path: '$.detail' }, deadLetterTargetArn: 'arn:q' },
          {
            input: { kind: 'template', paths: { l: '$.detail.l' }, template: '"<l>"' },
            parameters: { SqsParameters: { MessageGroupId: 'g' } },
          },
        ],
      },
    ]);
  });

  test.each([
    ['«ScheduleExpression: rate(5 minute)', '"rate(5 minute)" is no schedule.'],
    ['«ScheduleExpression: rate(1 minutes)', '"rate(1 minutes)" is no schedule.'],
    ['«ScheduleExpression: cron(0 12 * * ?)', '"cron(0 12 * * ?)" is no schedule.'],
    ['«ScheduleExpression: every day', '"every day" is no schedule.'],
    ['«ScheduleExpression: "at(2030-01-01T00:00:00)"', '"at(2030-01-01T00:00:00)" is no schedule.'],
    ['«ScheduleExpression: rate(1 day), EventBusName: own', 'Rule has a schedule on the bus own.'],
    ['«EventPattern: "{"', 'EventPattern must be a map, not a text that is no JSON object.'],
    ['EventPattern: {}, «State: enable', 'State of Rule is "enable".'],
    ['EventPattern: {}, Targets: [{ Id: a, Arn: b, Input: x, «InputPath: y }]', 'A target has Input and InputPath.'],
    ['Name: rule', 'Rule has neither a pattern nor a schedule.'],
  ])('a rule with %s is refused where it stands', (properties, what) => {
    const start = properties.includes('«') ? '' : '«';
    const { template, place } = atMark(
      `Resources:\n  ${start}Rule: { Type: AWS::Events::Rule, Properties: { ${properties} } }`,
    );
    expect(shown(problemsOf(template))).toContain(`${place} ${what}`);
  });
});

describe('schedules of EventBridge Scheduler', () => {
  const schedule = (properties: string): string => `Resources:
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      Target: { Arn: arn:f, RoleArn: arn:r }
      ${properties}
`;

  test('a schedule with its window, its zone and its target', () => {
    const { schedules } = readInline(
      schedule(
        'ScheduleExpression: rate(1 hours)\n      GroupName: nights\n      ScheduleExpressionTimezone: Europe/Berlin\n      FlexibleTimeWindow: { Mode: FLEXIBLE, MaximumWindowInMinutes: 15 }',
      ),
    ).application;
    expect(schedules).toMatchObject([
      {
        name: 'test-Nightly',
        arn: 'arn:aws:scheduler:us-east-1:123456789012:schedule/nights/test-Nightly',
        group: 'nights',
        enabled: true,
        expression: 'rate(1 hours)',
        timezone: 'Europe/Berlin',
        flexibleWindowMinutes: 15,
        target: { arn: 'arn:f', roleArn: 'arn:r', input: null, retry: { maximumRetryAttempts: 185 } },
      },
    ]);
  });

  test.each([
    ['ScheduleExpression: rate(1 day)', 'A schedule needs a FlexibleTimeWindow.'],
    [
      'ScheduleExpression: rate(1 day)\n      FlexibleTimeWindow: { Mode: FLEXIBLE, «MaximumWindowInMinutes: 2000 }',
      'MaximumWindowInMinutes is 2000.',
    ],
    [
      'ScheduleExpression: rate(1 day)\n      FlexibleTimeWindow: { Mode: "OFF" }\n      «ScheduleExpressionTimezone: Mars/Base',
      'ScheduleExpressionTimezone Mars/Base is no time zone.',
    ],
    ['«ScheduleExpression: soon\n      FlexibleTimeWindow: { Mode: "OFF" }', '"soon" is no schedule.'],
  ])('%s is refused where it stands', (properties, what) => {
    const text = schedule(properties);
    const { template, place } = atMark(properties.includes('«') ? text : text.replace('Nightly', '«Nightly'));
    expect(shown(problemsOf(template))).toContain(`${place} ${what}`);
  });
});
