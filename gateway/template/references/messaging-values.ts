import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';
import {
  after,
  allValues,
  alsoAs,
  arnOf,
  fixed,
  hexId,
  named,
  nameOf,
  type TextOf,
  uuid,
  values,
} from './value-shapes.ts';

/** A name that ends with `.fifo` where the resource is first in, first out. */
const fifoName =
  (property: string, flag: string): TextOf =>
  (subject) =>
    subject.text(
      property,
      String(subject.property(flag)).toLowerCase() === 'true' ? `${ownName(subject)}.fifo` : ownName(subject),
    );

const queueName = fifoName('QueueName', 'FifoQueue');
const queueUrl: TextOf = (subject) =>
  `https://sqs.${subject.target.region}.${subject.target.urlSuffix}/${subject.target.accountId}/${queueName(subject)}`;
const topicArn = arnOf('sns', fifoName('TopicName', 'FifoTopic'));

const busOf = (subject: Subject): string => subject.text('EventBusName', 'default').replace(/^arn:.*:event-bus\//, '');
const ruleName = nameOf('Name');
const scheduleGroup = (subject: Subject): string => subject.text('GroupName', 'default');

export const messagingValues: Readonly<Record<string, LocalValues>> = {
  'AWS::SQS::Queue': allValues(queueUrl, {
    Arn: arnOf('sqs', queueName),
    QueueName: queueName,
    QueueUrl: queueUrl,
  }),
  'AWS::SQS::QueuePolicy': alsoAs(hexId(''), ['Id']),
  'AWS::SNS::Topic': allValues(topicArn, { TopicArn: topicArn, TopicName: fifoName('TopicName', 'FifoTopic') }),
  'AWS::SNS::TopicPolicy': alsoAs(hexId(''), ['Id']),
  'AWS::SNS::Subscription': alsoAs((subject) => `${subject.text('TopicArn', '')}:${uuid(subject)}`, ['Arn']),
  'AWS::Events::EventBus': values(nameOf('Name'), {
    Arn: arnOf('events', after('event-bus/', nameOf('Name'))),
    Name: nameOf('Name'),
  }),
  'AWS::Events::EventBusPolicy': values(nameOf('StatementId')),
  // A rule of a bus of one's own bears the bus in its Ref and its ARN.
  'AWS::Events::Rule': allValues(
    (subject) => (busOf(subject) === 'default' ? ruleName(subject) : `${busOf(subject)}|${ruleName(subject)}`),
    {
      Arn(subject) {
        const bus = busOf(subject);
        const path = bus === 'default' ? ruleName(subject) : `${bus}/${ruleName(subject)}`;
        return arn(subject.target, 'events', `rule/${path}`);
      },
    },
  ),
  'AWS::Events::Archive': values(nameOf('ArchiveName'), {
    ArchiveName: nameOf('ArchiveName'),
    Arn: arnOf('events', after('archive/', nameOf('ArchiveName'))),
  }),
  'AWS::Events::Connection': values(nameOf('Name'), {
    Arn: arnOf('events', (subject) => `connection/${nameOf('Name')(subject)}/${uuid(subject)}`),
    SecretArn: arnOf(
      'secretsmanager',
      (subject) => `secret:events!connection/${nameOf('Name')(subject)}/${uuid(subject)}`,
    ),
  }),
  'AWS::Events::ApiDestination': values(nameOf('Name'), {
    Arn: arnOf('events', (subject) => `api-destination/${nameOf('Name')(subject)}/${uuid(subject)}`),
  }),
  'AWS::Scheduler::Schedule': allValues(nameOf('Name'), {
    Arn: arnOf('scheduler', (subject) => `schedule/${scheduleGroup(subject)}/${nameOf('Name')(subject)}`),
  }),
  'AWS::Scheduler::ScheduleGroup': allValues(nameOf('Name'), {
    Arn: arnOf('scheduler', after('schedule-group/', nameOf('Name'))),
    CreationDate: fixed('2025-01-01T00:00:00.000Z'),
    LastModificationDate: fixed('2025-01-01T00:00:00.000Z'),
    State: fixed('ACTIVE'),
  }),
  'AWS::Pipes::Pipe': named('Name', 'pipes', 'pipe/', { CurrentState: fixed('RUNNING') }),
  'AWS::Kinesis::Stream': named('Name', 'kinesis', 'stream/'),
  'AWS::Kinesis::StreamConsumer': alsoAs(
    (subject) => `${subject.text('StreamARN', '')}/consumer/${nameOf('ConsumerName')(subject)}:1735689600`,
    ['ConsumerARN'],
    {
      ConsumerName: nameOf('ConsumerName'),
      ConsumerStatus: fixed('ACTIVE'),
      StreamARN: (subject) => subject.text('StreamARN', ''),
    },
  ),
  'AWS::KinesisFirehose::DeliveryStream': named('DeliveryStreamName', 'firehose', 'deliverystream/'),
  'AWS::MSK::Cluster': alsoAs(
    arnOf('kafka', (subject) => `cluster/${nameOf('ClusterName')(subject)}/${uuid(subject)}-1`),
    ['Arn'],
  ),
  'AWS::MSK::ServerlessCluster': alsoAs(
    arnOf('kafka', (subject) => `cluster/${nameOf('ClusterName')(subject)}/${uuid(subject)}-s1`),
    ['Arn'],
  ),
  'AWS::AmazonMQ::Broker': values(after('b-', uuid), {
    Arn: arnOf('mq', (subject) => `broker:${nameOf('BrokerName')(subject)}:b-${uuid(subject)}`),
  }),
  'AWS::IoT::TopicRule': values(
    // Rules of IoT have no hyphens in their names.
    (subject) => subject.text('RuleName', ownName(subject).replace(/[^A-Za-z0-9_]/g, '_')),
    {
      Arn: arnOf(
        'iot',
        (subject) => `rule/${subject.text('RuleName', ownName(subject).replace(/[^A-Za-z0-9_]/g, '_'))}`,
      ),
    },
  ),
  'AWS::IoT::Thing': named('ThingName', 'iot', 'thing/', { Id: uuid }),
  'AWS::IoT::Policy': named('PolicyName', 'iot', 'policy/', { Id: nameOf('PolicyName') }),
  'AWS::SES::EmailIdentity': values((subject) => subject.text('EmailIdentity', ownName(subject))),
  'AWS::SES::ConfigurationSet': values(nameOf('Name')),
  'AWS::SES::Template': values(hexId(''), { Id: hexId('') }),
};
