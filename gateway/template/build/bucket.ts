import type { Bucket, BucketNotification, BucketWebsite } from '../../model/bucket.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { policiesOf } from './queue.ts';
import type { Source } from './source.ts';

export const buildBuckets = (source: Source): readonly Bucket[] =>
  source.ofType('AWS::S3::Bucket').map((resource) => buildBucket(source, resource));

const buildBucket = (source: Source, resource: Resource): Bucket => {
  const reader = source.read(resource);
  const name = source.ref(resource);
  // A name that is put together, as of the stack's, may be right on AWS where it is not here.
  const written = entry(resource.written, 'BucketName');
  if (typeof written === 'string' && !written.includes('{{') && !/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(written)) {
    reader.refuse(
      'BucketName',
      `The BucketName ${name} is none that S3 takes.`,
      'Use 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends.',
    );
  }
  const notifications = reader.within('NotificationConfiguration');
  const access = reader.within('PublicAccessBlockConfiguration');
  // Since April 2023 a bucket that says nothing blocks all of it.
  const blocks = (key: string): boolean => (reader.has('PublicAccessBlockConfiguration') ? access.flag(key) : true);
  return {
    logicalId: resource.logicalId,
    name,
    arn: source.getAtt(resource, 'Arn'),
    versioned: reader.within('VersioningConfiguration').oneOf('Status', ['Enabled', 'Suspended']) === 'Enabled',
    cors: reader
      .within('CorsConfiguration')
      .each('CorsRules')
      .map((rule) => ({
        allowedOrigins: rule.texts('AllowedOrigins'),
        allowedMethods: rule.texts('AllowedMethods'),
        allowedHeaders: rule.texts('AllowedHeaders'),
        exposedHeaders: rule.texts('ExposedHeaders'),
        maxAgeSeconds: rule.number('MaxAge'),
      })),
    notifications: [
      ...notifications.each('LambdaConfigurations').map((item) => notification(item, 'function', 'Function')),
      ...notifications.each('QueueConfigurations').map((item) => notification(item, 'queue', 'Queue')),
      ...notifications.each('TopicConfigurations').map((item) => notification(item, 'topic', 'Topic')),
    ],
    eventBridge: sendsToEventBridge(notifications),
    website: reader.has('WebsiteConfiguration') ? website(reader.within('WebsiteConfiguration')) : null,
    publicAccess: {
      blockAcls: blocks('BlockPublicAcls'),
      ignoreAcls: blocks('IgnorePublicAcls'),
      blockPolicy: blocks('BlockPublicPolicy'),
      restrictBuckets: blocks('RestrictPublicBuckets'),
    },
    policies: policiesOf(source, 'AWS::S3::BucketPolicy', 'Bucket', name),
    place: resource.place,
  };
};

/** The part alone turns it on, even an empty one. */
const sendsToEventBridge = (notifications: Reader): boolean => {
  const config = notifications.source.EventBridgeConfiguration;
  if (!isMap(config)) return false;
  const reader = notifications.within('EventBridgeConfiguration');
  return reader.has('EventBridgeEnabled') ? reader.flag('EventBridgeEnabled') : true;
};

const notification = (
  reader: Reader,
  kind: BucketNotification['target']['kind'],
  target: string,
): BucketNotification => {
  const event = reader.required('Event');
  if (event !== '' && !event.startsWith('s3:')) {
    reader.refuse('Event', `The event ${event} is none of S3's.`, 'Write one such as s3:ObjectCreated:*.');
  }
  const rules = reader.within('Filter').within('S3Key').each('Rules');
  const textOf = (name: string): string =>
    rules.find((rule) => rule.text('Name')?.toLowerCase() === name)?.text('Value') ?? '';
  for (const rule of rules) {
    rule.required('Value');
    rule.oneOf('Name', ['prefix', 'suffix']);
  }
  return {
    event,
    target: { kind, arn: reader.required(target) },
    prefix: textOf('prefix'),
    suffix: textOf('suffix'),
  };
};

const website = (reader: Reader): BucketWebsite => {
  const redirect = reader.within('RedirectAllRequestsTo');
  return {
    indexDocument: reader.text('IndexDocument'),
    errorDocument: reader.text('ErrorDocument'),
    redirectAllTo: reader.has('RedirectAllRequestsTo')
      ? { hostName: redirect.required('HostName'), protocol: redirect.text('Protocol') }
      : null,
  };
};
