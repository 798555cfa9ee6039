import { entry, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { getAtt, ref } from '../expansion.ts';

type Statement = (target: Plain) => PlainMap;

const allow =
  (action: string): Statement =>
  (target) => ({ Action: action, Effect: 'Allow', Resource: target });

/** What lets a function's role send to a destination, by SAM's `Type` of it. */
const sending: Readonly<Record<string, readonly Statement[]>> = {
  SQS: [allow('sqs:SendMessage')],
  SNS: [allow('sns:publish')],
  Lambda: [allow('lambda:InvokeFunction')],
  EventBridge: [allow('events:PutEvents')],
  S3Bucket: [(bucket) => allow('s3:PutObject')({ 'Fn::Join': ['/', [bucket, '*']] }), allow('s3:ListBucket')],
};

const deadLetterActions: Readonly<Record<string, string>> = { SQS: 'sqs:SendMessage', SNS: 'sns:Publish' };

/** The policies of a function's dead-letter target and of the destinations of its asynchronous invocations. */
export const invocationDeliveries = (logicalId: string, properties: PlainMap): Plain[] => {
  const documents: Plain[] = [];
  const deadLetter = mapAt(properties, 'DeadLetterQueue');
  const action = entry(deadLetterActions, textAt(deadLetter, 'Type') ?? '');
  const target = entry(deadLetter, 'TargetArn');
  if (action && target !== undefined) documents.push({ Version: '2012-10-17', Statement: [allow(action)(target)] });
  for (const destination of invocationDestinations(logicalId, properties))
    documents.push(...toDestination(destination));
  return documents;
};

/** A destination of asynchronous invocations; one without an ARN is a queue or topic that SAM makes. */
export type InvocationDestination = {
  readonly name: string;
  readonly Type: Plain;
  readonly Destination: Plain;
  readonly made: { readonly logicalId: string; readonly type: string } | null;
};

export const invocationDestinations = (logicalId: string, properties: PlainMap): readonly InvocationDestination[] => {
  const config = mapAt(mapAt(properties, 'EventInvokeConfig'), 'DestinationConfig');
  return ['OnSuccess', 'OnFailure'].flatMap((name): InvocationDestination[] => {
    const destination = mapAt(config, name);
    const type = entry(destination, 'Type') ?? '';
    const given = entry(destination, 'Destination');
    if (given !== undefined) return [{ name, Type: type, Destination: given, made: null }];
    const id = `${logicalId}EventInvokeConfig${name}`;
    if (type === 'SQS') {
      const made = { logicalId: `${id}Queue`, type: 'AWS::SQS::Queue' };
      return [{ name, Type: type, Destination: getAtt(made.logicalId, 'Arn'), made }];
    }
    if (type !== 'SNS') return [];
    const made = { logicalId: `${id}Topic`, type: 'AWS::SNS::Topic' };
    return [{ name, Type: type, Destination: ref(made.logicalId), made }];
  });
};

/** What lets it send on the events of one source that failed. */
export const sourceDelivery = (eventProperties: PlainMap): Plain[] => {
  const failure = mapAt(mapAt(eventProperties, 'DestinationConfig'), 'OnFailure');
  return toDestination(textAt(failure, 'Type') === 'S3' ? { ...failure, Type: 'S3Bucket' } : failure);
};

const toDestination = (destination: { readonly Type?: Plain; readonly Destination?: Plain }): Plain[] => {
  const statements = entry(sending, String(destination.Type ?? ''));
  const target = destination.Destination;
  return statements && target !== undefined ? [{ Statement: statements.map((statement) => statement(target)) }] : [];
};
