import { entry, type Plain, type PlainMap } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { getAtt, ref } from '../expansion.ts';
import { type FunctionEvent, makeFor } from './function-event.ts';

/**
 * The ARN of the queue that takes what a rule or schedule could not deliver: the one that is named, or one that SAM
 * makes. A rule sends by the queue's policy, a schedule by its role.
 */
export const deadLetterQueue = (
  event: FunctionEvent,
  config: PlainMap,
  sender: { readonly rule: Plain } | null,
): Plain | undefined => {
  const refuse = (key: string, what: string, remedy: string): undefined => {
    const place = placeOf(config, key) ?? placeOf(event.properties, 'DeadLetterConfig') ?? event.place;
    event.expansion.problems.add(`DeadLetterConfig of the event ${event.eventId} ${what}.`, place, remedy);
    return undefined;
  };
  const arn = entry(config, 'Arn') ?? undefined;
  const type = entry(config, 'Type') ?? undefined;
  if (arn !== undefined && type !== undefined) return refuse('Type', 'has both Arn and Type', 'Give it one of them.');
  if (arn !== undefined) return arn;
  if (type === undefined) return refuse('Arn', 'has neither Arn nor Type', 'Name a queue by Arn, or write Type: SQS.');
  if (type !== 'SQS') return refuse('Type', 'has another Type than SQS', 'Write Type: SQS.');
  const named = entry(config, 'QueueLogicalId') ?? `${event.id}Queue`;
  if (typeof named !== 'string') {
    return refuse('QueueLogicalId', 'has a QueueLogicalId that is no text', 'Write the logical id itself.');
  }
  makeFor(event, named, 'AWS::SQS::Queue', {});
  const queue = getAtt(named, 'Arn');
  if (sender) {
    makeFor(event, `${event.id}QueuePolicy`, 'AWS::SQS::QueuePolicy', {
      Queues: [ref(named)],
      PolicyDocument: maySendTo(queue, sender.rule, { Service: 'events.amazonaws.com' }),
    });
  }
  return queue;
};

/** A queue's policy that lets one source send to it. */
export const maySendTo = (queue: Plain, source: Plain, principal: Plain): PlainMap => ({
  Version: '2012-10-17',
  Statement: [
    {
      Action: 'sqs:SendMessage',
      Effect: 'Allow',
      Principal: principal,
      Resource: queue,
      Condition: { ArnEquals: { 'aws:SourceArn': source } },
    },
  ],
});
