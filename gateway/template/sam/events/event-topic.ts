import { describe, entry, isFalse, isMap, isTrue, type Plain } from '../../text/plain.ts';
import { getAtt, pick, ref } from '../expansion.ts';
import { maySendTo } from './event-dead-letters.ts';
import { allow, type FunctionEvent, given, hasAll, makeFor, mapOf, refuse } from './function-event.ts';

/** SNS: a subscription of the function, or of a queue between the two. */
export const topicEvent = (event: FunctionEvent): void => {
  if (!hasAll(event, 'Topic')) return;
  const topic = given(event, 'Topic')!;
  mapOf(event, 'RedrivePolicy');
  const throughQueue = given(event, 'SqsSubscription');
  if (throughQueue === undefined || isFalse(throughQueue)) {
    subscribe(event, topic, 'lambda', event.target);
    allow(event, 'sns.amazonaws.com', { SourceArn: topic });
    return;
  }
  const queue = queueBetween(event, throughQueue);
  if (queue === null) return;
  makeFor(event, queue.policyId, 'AWS::SQS::QueuePolicy', {
    Queues: [queue.url],
    PolicyDocument: maySendTo(queue.arn, topic, '*'),
  });
  subscribe(event, topic, 'sqs', queue.arn);
  makeFor(event, `${event.id}EventSourceMapping`, 'AWS::Lambda::EventSourceMapping', {
    EventSourceArn: queue.arn,
    FunctionName: event.functionName,
    BatchSize: queue.batchSize,
    // As SAM does, whatever `Enabled` says in SqsSubscription.
    Enabled: true,
  });
};

const subscribe = (event: FunctionEvent, topic: Plain, protocol: string, endpoint: Plain): void =>
  makeFor(event, event.id, 'AWS::SNS::Subscription', {
    TopicArn: topic,
    Protocol: protocol,
    Endpoint: endpoint,
    ...pick(event.properties, 'Region', 'FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy'),
  });

type QueueBetween = { readonly arn: Plain; readonly url: Plain; readonly policyId: string; readonly batchSize: Plain };

const queueBetween = (event: FunctionEvent, named: Plain): QueueBetween | null => {
  const policyId = `${event.id}QueuePolicy`;
  if (isTrue(named)) {
    const id = `${event.id}Queue`;
    const topic = given(event, 'Topic')!;
    const topicId = isMap(topic) && typeof topic.Ref === 'string' ? topic.Ref : '';
    const fifo = entry(event.expansion.source.get(topicId)?.properties ?? {}, 'FifoTopic');
    makeFor(event, id, 'AWS::SQS::Queue', fifo === undefined || isFalse(fifo) ? {} : { FifoQueue: fifo });
    return { arn: getAtt(id, 'Arn'), url: ref(id), policyId, batchSize: 10 };
  }
  const subject = `SqsSubscription of the event ${event.eventId}`;
  if (!isMap(named)) {
    const remedy = 'Write true, or name a queue by QueueArn and QueueUrl.';
    refuse(event, 'SqsSubscription', `${subject} must be true or a map, not ${describe(named)}.`, remedy);
    return null;
  }
  const arn = entry(named, 'QueueArn') ?? undefined;
  const url = entry(named, 'QueueUrl') ?? undefined;
  if (arn === undefined || url === undefined) {
    refuse(event, 'SqsSubscription', `${subject} has no ${arn === undefined ? 'QueueArn' : 'QueueUrl'}.`, 'Give both.');
    return null;
  }
  const ownPolicyId = entry(named, 'QueuePolicyLogicalId');
  return {
    arn,
    url,
    policyId: typeof ownPolicyId === 'string' ? ownPolicyId : policyId,
    batchSize: entry(named, 'BatchSize') ?? 10,
  };
};
