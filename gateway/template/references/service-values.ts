import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';

const nameOf =
  (property: string) =>
  (subject: Subject): string =>
    subject.text(property, ownName(subject));
const bucketName = (subject: Subject): string =>
  subject.text(
    'BucketName',
    ownName(subject)
      .toLowerCase()
      .replace(/[^a-z0-9.-]/g, '-'),
  );
const queueName = (subject: Subject): string =>
  subject.text(
    'QueueName',
    String(subject.property('FifoQueue')) === 'true' ? `${ownName(subject)}.fifo` : ownName(subject),
  );
const queueUrl = (subject: Subject): string =>
  `https://sqs.${subject.target.region}.${subject.target.urlSuffix}/${subject.target.accountId}/${queueName(subject)}`;
const path = (subject: Subject): string => subject.text('Path', '/');

/** The moment in a stream's label; it never changes, so that a stream keeps its ARN across restarts. */
const streamLabel = '2025-01-01T00:00:00.000';

const streamArn = (subject: Subject): string | undefined => {
  const table = arn(subject.target, 'dynamodb', `table/${nameOf('TableName')(subject)}`);
  return subject.property('StreamSpecification') === undefined ? undefined : `${table}/stream/${streamLabel}`;
};

export const serviceValues: Readonly<Record<string, LocalValues>> = {
  'AWS::DynamoDB::Table': {
    ref: nameOf('TableName'),
    attributes: {
      Arn: (subject) => arn(subject.target, 'dynamodb', `table/${nameOf('TableName')(subject)}`),
      StreamArn: streamArn,
    },
    complete: true,
  },
  'AWS::IAM::Role': {
    ref: nameOf('RoleName'),
    attributes: {
      Arn: (subject) => arn(subject.target, 'iam', `role${path(subject)}${nameOf('RoleName')(subject)}`, 'global'),
      RoleId: (subject) =>
        `AROA${ownName(subject)
          .toUpperCase()
          .replace(/[^A-Z0-9]/g, '')
          .padEnd(16, 'X')
          .slice(0, 16)}`,
    },
  },
  'AWS::IAM::ManagedPolicy': {
    ref: (subject) =>
      arn(subject.target, 'iam', `policy${path(subject)}${nameOf('ManagedPolicyName')(subject)}`, 'global'),
    attributes: {
      PolicyArn: (subject) =>
        arn(subject.target, 'iam', `policy${path(subject)}${nameOf('ManagedPolicyName')(subject)}`, 'global'),
    },
  },
  'AWS::SQS::Queue': {
    ref: queueUrl,
    attributes: {
      Arn: (subject) => arn(subject.target, 'sqs', queueName(subject)),
      QueueName: queueName,
      QueueUrl: queueUrl,
    },
  },
  'AWS::S3::Bucket': {
    ref: bucketName,
    attributes: {
      Arn: (subject) => `arn:${subject.target.partition}:s3:::${bucketName(subject)}`,
      DomainName: (subject) => `${bucketName(subject)}.s3.${subject.target.urlSuffix}`,
      RegionalDomainName: (subject) => `${bucketName(subject)}.s3.${subject.target.region}.${subject.target.urlSuffix}`,
      WebsiteURL: (subject) =>
        `http://${bucketName(subject)}.s3-website-${subject.target.region}.${subject.target.urlSuffix}`,
    },
  },
  'AWS::Logs::LogGroup': {
    ref: nameOf('LogGroupName'),
    attributes: {
      Arn: (subject) => `${arn(subject.target, 'logs', `log-group:${nameOf('LogGroupName')(subject)}`)}:*`,
    },
  },
  'AWS::SNS::Topic': {
    ref: (subject) => arn(subject.target, 'sns', nameOf('TopicName')(subject)),
    attributes: {
      TopicArn: (subject) => arn(subject.target, 'sns', nameOf('TopicName')(subject)),
      TopicName: nameOf('TopicName'),
    },
  },
  'AWS::StepFunctions::StateMachine': {
    ref: (subject) => arn(subject.target, 'states', `stateMachine:${nameOf('StateMachineName')(subject)}`),
    attributes: {
      Arn: (subject) => arn(subject.target, 'states', `stateMachine:${nameOf('StateMachineName')(subject)}`),
      Name: nameOf('StateMachineName'),
    },
  },
  'AWS::Events::EventBus': {
    ref: nameOf('Name'),
    attributes: {
      Arn: (subject) => arn(subject.target, 'events', `event-bus/${nameOf('Name')(subject)}`),
      Name: nameOf('Name'),
    },
  },
  'AWS::Events::Rule': {
    ref: nameOf('Name'),
    attributes: { Arn: (subject) => arn(subject.target, 'events', `rule/${nameOf('Name')(subject)}`) },
  },
};
