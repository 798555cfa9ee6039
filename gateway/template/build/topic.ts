import type { Topic, TopicSubscription } from '../../model/topic.ts';
import { didYouMean } from '../problems.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { jsonMap, jsonReader } from './json-property.ts';
import { checkFifo, onlyOfFifo, policiesOf } from './queue.ts';
import type { Source } from './source.ts';

export const buildTopics = (source: Source): readonly Topic[] =>
  source.ofType('AWS::SNS::Topic').map((resource) => {
    const reader = source.read(resource);
    const arn = source.ref(resource);
    const fifo = reader.flag('FifoTopic');
    checkFifo(reader, 'TopicName', fifo, 'FifoTopic');
    return {
      logicalId: resource.logicalId,
      name: source.getAtt(resource, 'TopicName'),
      arn,
      displayName: reader.text('DisplayName') ?? '',
      fifo,
      contentBasedDeduplication: onlyOfFifo(reader, 'ContentBasedDeduplication', fifo),
      policies: policiesOf(source, 'AWS::SNS::TopicPolicy', 'Topics', arn),
      place: resource.place,
    };
  });

/** Those of a resource of their own, and those that stand in their topic. */
export const buildTopicSubscriptions = (source: Source): readonly TopicSubscription[] => [
  ...source.ofType('AWS::SNS::Topic').flatMap((topic) =>
    source
      .read(topic)
      .each('Subscription')
      .map((reader) => subscription(source, topic, reader, source.ref(topic))),
  ),
  ...source.ofType('AWS::SNS::Subscription').map((resource) => {
    const reader = source.read(resource);
    return subscription(source, resource, reader, reader.required('TopicArn'));
  }),
];

const protocols = 'application email email-json firehose http https lambda sms sqs'.split(' ');

const subscription = (source: Source, resource: Resource, reader: Reader, topicArn: string): TopicSubscription => {
  const protocol = reader.required('Protocol');
  if (protocol !== '' && !protocols.includes(protocol)) {
    const remedy = `It can be ${protocols.join(', ')}.${didYouMean(protocol, protocols)}`;
    reader.refuse('Protocol', `The Protocol of ${resource.logicalId} is ${protocol}.`, remedy);
  }
  return {
    logicalId: resource.logicalId,
    topicArn,
    region: reader.text('Region'),
    protocol,
    endpoint: reader.required('Endpoint'),
    rawMessageDelivery: reader.flag('RawMessageDelivery'),
    filterPolicy: jsonMap(reader, 'FilterPolicy'),
    filterPolicyScope: reader.oneOf('FilterPolicyScope', ['MessageAttributes', 'MessageBody']) ?? 'MessageAttributes',
    deadLetterTargetArn: jsonReader(source, reader, 'RedrivePolicy').text('deadLetterTargetArn'),
    subscriptionRoleArn: reader.text('SubscriptionRoleArn'),
    place: reader.place,
  };
};
