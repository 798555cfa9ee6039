import type { Place } from './place.ts';
import type { PolicyDocument } from './policy.ts';

/** An S3 bucket. */
export type Bucket = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly versioned: boolean;
  readonly cors: readonly CorsRule[];
  readonly notifications: readonly BucketNotification[];
  /** Whether every event goes to the default event bus too. */
  readonly eventBridge: boolean;
  /** null: not served as a website. */
  readonly website: BucketWebsite | null;
  readonly publicAccess: {
    readonly blockAcls: boolean;
    readonly ignoreAcls: boolean;
    readonly blockPolicy: boolean;
    readonly restrictBuckets: boolean;
  };
  readonly policies: readonly PolicyDocument[];
  readonly place: Place;
};

export type CorsRule = {
  readonly allowedOrigins: readonly string[];
  readonly allowedMethods: readonly string[];
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly maxAgeSeconds: number | null;
};

export type BucketNotification = {
  /** Such as `s3:ObjectCreated:*`. */
  readonly event: string;
  readonly target: { readonly kind: 'function' | 'queue' | 'topic'; readonly arn: string };
  readonly prefix: string;
  readonly suffix: string;
};

export type BucketWebsite = {
  readonly indexDocument: string | null;
  readonly errorDocument: string | null;
  readonly redirectAllTo: { readonly hostName: string; readonly protocol: string | null } | null;
};
