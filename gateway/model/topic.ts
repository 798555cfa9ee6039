import type { Place } from './place.ts';
import type { PolicyDocument } from './policy.ts';

/** An SNS topic. */
export type Topic = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly displayName: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  readonly policies: readonly PolicyDocument[];
  readonly place: Place;
};

/** Who hears of a topic, whether it is of this template or not. */
export type TopicSubscription = {
  /** The topic's, where the subscription is written into it. */
  readonly logicalId: string;
  readonly topicArn: string;
  /** Where the topic lives; null: the stack's region. */
  readonly region: string | null;
  readonly protocol: string;
  readonly endpoint: string;
  readonly rawMessageDelivery: boolean;
  /** What a message must be like; null: everything passes. */
  readonly filterPolicy: Readonly<Record<string, unknown>> | null;
  readonly filterPolicyScope: 'MessageAttributes' | 'MessageBody';
  readonly deadLetterTargetArn: string | null;
  readonly subscriptionRoleArn: string | null;
  readonly place: Place;
};
