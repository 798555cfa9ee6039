import { describe, expect, test } from 'vitest';
import { atMark, problemsOf, readInline, shown } from './inline-template.ts';

const read = (resources: string) => readInline(`Resources:\n${resources}`).application;

describe('queues and topics', () => {
  test('a queue that says nothing has what SQS gives it', () => {
    expect(read('  Jobs: { Type: AWS::SQS::Queue }').queues).toMatchObject([
      {
        name: 'test-Jobs',
        url: 'https://sqs.us-east-1.amazonaws.com/123456789012/test-Jobs',
        arn: 'arn:aws:sqs:us-east-1:123456789012:test-Jobs',
        fifo: false,
        delaySeconds: 0,
        visibilityTimeoutSeconds: 30,
        retentionSeconds: 345_600,
        receiveWaitSeconds: 0,
        redrive: null,
        redriveAllow: { permission: 'allowAll', sourceQueueArns: [] },
      },
    ]);
  });

  test('its dead letters, also as JSON text, and its policy', () => {
    const { queues } =
      read(`  Dead: { Type: AWS::SQS::Queue, Properties: { RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [arn:q] } } }
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { RedrivePolicy: !Sub '{"deadLetterTargetArn":"\${Dead.Arn}","maxReceiveCount":"4"}' }
  Policy:
    Type: AWS::SQS::QueuePolicy
    Properties: { Queues: [!Ref Jobs], PolicyDocument: { Statement: { Effect: Allow, Action: 'sqs:*', Principal: '*' } } }`);
    const [dead, jobs] = queues;
    expect(jobs?.redrive).toEqual({ deadLetterTargetArn: dead?.arn, maxReceiveCount: 4 });
    expect(dead?.redriveAllow).toEqual({ permission: 'byQueue', sourceQueueArns: ['arn:q'] });
    expect(jobs?.policies).toMatchObject([{ Statement: [{ Effect: 'Allow', Action: 'sqs:*' }] }]);
    expect(dead?.policies).toEqual([]);
  });

  test.each([
    ['«VisibilityTimeout: 43201', 'VisibilityTimeout is 43201.'],
    ['«DelaySeconds: 901', 'DelaySeconds is 901.'],
    ['FifoQueue: true, «QueueName: jobs', 'QueueName is jobs.'],
    ['«QueueName: jobs.fifo', 'QueueName is jobs.fifo.'],
    ['«ContentBasedDeduplication: true', 'ContentBasedDeduplication needs FIFO.'],
    ['«RedrivePolicy: nonsense', 'RedrivePolicy must be a map, not a text that is no JSON object.'],
    ['RedrivePolicy: { deadLetterTargetArn: a, «maxReceiveCount: 0 }', 'maxReceiveCount is 0.'],
    ['«RedrivePolicy: { maxReceiveCount: 1 }', 'RedrivePolicy has no deadLetterTargetArn.'],
  ])('a queue with %s is refused where it stands', (properties, what) => {
    const { template, place } = atMark(`Resources:\n  Jobs: { Type: AWS::SQS::Queue, Properties: { ${properties} } }`);
    expect(shown(problemsOf(template))).toContain(`${place} ${what}`);
  });

  test('a topic with subscriptions inside and outside of it', () => {
    const { topics, topicSubscriptions } = read(`  News:
    Type: AWS::SNS::Topic
    Properties: { TopicName: news, Subscription: [{ Protocol: email, Endpoint: a@example.com }] }
  Loud:
    Type: AWS::SNS::Subscription
    Properties: { TopicArn: !Ref News, Protocol: sqs, Endpoint: arn:q, RawMessageDelivery: true, FilterPolicy: { kind: [sold] } }`);
    expect(topics).toMatchObject([{ name: 'news', arn: 'arn:aws:sns:us-east-1:123456789012:news', fifo: false }]);
    expect(topicSubscriptions).toMatchObject([
      { logicalId: 'News', topicArn: topics[0]!.arn, protocol: 'email', filterPolicy: null },
      {
        logicalId: 'Loud',
        topicArn: topics[0]!.arn,
        rawMessageDelivery: true,
        filterPolicy: { kind: ['sold'] },
        filterPolicyScope: 'MessageAttributes',
      },
    ]);
  });

  test('a protocol that SNS does not speak is refused', () => {
    const template =
      'Resources:\n  S: { Type: AWS::SNS::Subscription, Properties: { TopicArn: a, Protocol: lamda, Endpoint: b } }';
    expect(problemsOf(template)).toMatchObject([
      { what: 'The Protocol of S is lamda.', remedy: expect.stringContaining('Did you mean lambda?') },
    ]);
  });
});

describe('buckets', () => {
  test('a bucket with all that is asked of it', () => {
    const { buckets } = read(`  Photos:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: photos
      VersioningConfiguration: { Status: Enabled }
      CorsConfiguration: { CorsRules: [{ AllowedMethods: [GET], AllowedOrigins: ['*'], MaxAge: 60 }] }
      WebsiteConfiguration: { RedirectAllRequestsTo: { HostName: example.com, Protocol: https } }
      NotificationConfiguration: { EventBridgeConfiguration: {} }
  Policy: { Type: AWS::S3::BucketPolicy, Properties: { Bucket: !Ref Photos, PolicyDocument: { Statement: [{ Effect: Deny, Action: 's3:*', Principal: '*' }] } } }`);
    expect(buckets).toMatchObject([
      {
        name: 'photos',
        arn: 'arn:aws:s3:::photos',
        versioned: true,
        cors: [{ allowedMethods: ['GET'], allowedOrigins: ['*'], allowedHeaders: [], maxAgeSeconds: 60 }],
        website: { redirectAllTo: { hostName: 'example.com', protocol: 'https' } },
        eventBridge: true,
        publicAccess: { blockAcls: true, blockPolicy: true },
        policies: [{ Statement: [{ Effect: 'Deny' }] }],
      },
    ]);
  });

  test.each([
    ['«BucketName: Photos_1', 'The BucketName Photos_1 is none that S3 takes.'],
    [
      'NotificationConfiguration: { LambdaConfigurations: [{ «Event: created, Function: f }] }',
      "The event created is none of S3's.",
    ],
  ])('a bucket with %s is refused where it stands', (properties, what) => {
    const { template, place } = atMark(`Resources:\n  Own: { Type: AWS::S3::Bucket, Properties: { ${properties} } }`);
    expect(shown(problemsOf(template))).toContain(`${place} ${what}`);
  });
});

test('a global table is a table', () => {
  const { tables } = read(`  Lots:
    Type: AWS::DynamoDB::GlobalTable
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      Replicas: [{ Region: us-east-1 }, { Region: eu-west-1 }]`);
  expect(tables).toMatchObject([
    { name: 'test-Lots', streamViewType: 'NEW_IMAGE', streamArn: expect.stringContaining(':table/test-Lots/stream/') },
  ]);
});

describe('user pools', () => {
  test('a pool with a client, scopes and groups', () => {
    const { userPools } = read(`  Dealers:
    Type: AWS::Cognito::UserPool
    Properties:
      Schema: [{ Name: email, Required: true }, { Name: dealer, AttributeDataType: Number }]
      Policies: { PasswordPolicy: { MinimumLength: 10, RequireNumbers: true } }
      LambdaConfig: { PreSignUp: arn:f, PreTokenGenerationConfig: { LambdaArn: arn:g, LambdaVersion: V2_0 } }
  Site:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Dealers
      AllowedOAuthFlowsUserPoolClient: true
      AllowedOAuthFlows: [client_credentials]
      AllowedOAuthScopes: [lots/read]
      AccessTokenValidity: 5
      TokenValidityUnits: { AccessToken: minutes }
      RefreshTokenValidity: 2
  Lots: { Type: AWS::Cognito::UserPoolResourceServer, Properties: { UserPoolId: !Ref Dealers, Identifier: lots, Name: l, Scopes: [{ ScopeName: read, ScopeDescription: d }] } }
  Admins: { Type: AWS::Cognito::UserPoolGroup, Properties: { UserPoolId: !Ref Dealers, GroupName: admins } }
  Else: { Type: AWS::Cognito::UserPoolGroup, Properties: { UserPoolId: us-east-1_else, GroupName: others } }`);
    const [pool] = userPools;
    expect(pool).toMatchObject({
      id: expect.stringMatching(/^us-east-1_[a-z0-9]{9}$/),
      issuer: `https://cognito-idp.us-east-1.amazonaws.com/${pool!.id}`,
      customAttributes: [{ name: 'custom:dealer', type: 'Number', mutable: true }],
      passwordPolicy: { minimumLength: 10, requireNumbers: true, requireSymbols: false },
      triggers: { PreSignUp: 'arn:f', PreTokenGenerationConfig: 'arn:g' },
      clients: [
        {
          oauthFlows: ['client_credentials'],
          oauthScopes: ['lots/read'],
          idTokenSeconds: 3600,
          accessTokenSeconds: 300,
          refreshTokenSeconds: 172_800,
        },
      ],
      resourceServers: [{ identifier: 'lots', scopes: ['lots/read'] }],
      groups: [{ name: 'admins' }],
    });
  });

  test('a trigger that Cognito does not have is refused', () => {
    const template =
      'Resources:\n  Pool: { Type: AWS::Cognito::UserPool, Properties: { LambdaConfig: { PreSignup: arn } } }';
    expect(problemsOf(template)).toMatchObject([
      { what: 'A user pool has no trigger PreSignup.', remedy: expect.stringContaining('Did you mean PreSignUp?') },
    ]);
  });
});
