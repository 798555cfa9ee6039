import { ref, sub } from '../expansion.ts';
import { allow, type FunctionEvent, given, hasAll, makeFor } from './function-event.ts';

/** CloudWatchLogs: a subscription filter of a log group. */
export const logsEvent = (event: FunctionEvent): void => {
  if (!hasAll(event, 'LogGroupName', 'FilterPattern')) return;
  const group = given(event, 'LogGroupName')!;
  const arn = 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*';
  allow(event, 'logs.amazonaws.com', { SourceArn: sub(arn, { __LogGroupName__: group }) });
  makeFor(event, event.id, 'AWS::Logs::SubscriptionFilter', {
    LogGroupName: group,
    FilterPattern: given(event, 'FilterPattern'),
    DestinationArn: event.target,
  });
};

/** IoTRule: a topic rule with the function as its action. */
export const iotRuleEvent = (event: FunctionEvent): void => {
  if (!hasAll(event, 'Sql')) return;
  const arn = 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}';
  allow(event, 'iot.amazonaws.com', {
    SourceArn: sub(arn, { RuleName: ref(event.id) }),
    SourceAccount: ref('AWS::AccountId'),
  });
  const version = given(event, 'AwsIotSqlVersion');
  makeFor(event, event.id, 'AWS::IoT::TopicRule', {
    TopicRulePayload: {
      Sql: given(event, 'Sql')!,
      RuleDisabled: false,
      Actions: [{ Lambda: { FunctionArn: event.target } }],
      ...(version === undefined ? {} : { AwsIotSqlVersion: version }),
    },
  });
};

/** AlexaSkill: a permission alone. */
export const alexaSkillEvent = (event: FunctionEvent): void => {
  const token = given(event, 'SkillId');
  allow(event, 'alexa-appkit.amazon.com', token === undefined ? {} : { EventSourceToken: token });
};
