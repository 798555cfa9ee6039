import type { Place } from './place.ts';
import type { PolicyDocument } from './policy.ts';

/** An SQS queue. */
export type Queue = {
  readonly logicalId: string;
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly fifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** FIFO: what a deduplication id, and the throughput's limit, is counted by. */
  readonly deduplicationScope: 'queue' | 'messageGroup';
  readonly throughputLimit: 'perQueue' | 'perMessageGroupId';
  readonly delaySeconds: number;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  readonly maximumMessageSize: number;
  /** How long a receive waits that does not say it itself. */
  readonly receiveWaitSeconds: number;
  /** Where a message goes that was received too often; null: nowhere. */
  readonly redrive: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number } | null;
  /** Whose dead letters the queue takes. */
  readonly redriveAllow: {
    readonly permission: 'allowAll' | 'denyAll' | 'byQueue';
    readonly sourceQueueArns: readonly string[];
  };
  readonly policies: readonly PolicyDocument[];
  readonly place: Place;
};
