import { allow, below, destination, type Ends, here, mayInvoke, maySend, mayWrite, type Profile } from './profile.ts';

const items: Profile = {
  kind: 'role',
  side: 'Source',
  access: {
    Read: (ends) => [
      allow(
        'dynamodb: GetItem Query Scan BatchGetItem ConditionCheckItem PartiQLSelect',
        destination(ends),
        below(destination(ends), '/index/*'),
      ),
    ],
    Write: (ends) => [
      allow(
        'dynamodb: PutItem UpdateItem DeleteItem BatchWriteItem PartiQLDelete PartiQLInsert PartiQLUpdate',
        destination(ends),
        below(destination(ends), '/index/*'),
      ),
    ],
  },
};

const objects: Profile = {
  kind: 'role',
  side: 'Source',
  access: {
    Read: (ends) => [
      allow(
        's3: GetObject GetObjectAcl GetObjectLegalHold GetObjectRetention GetObjectTorrent GetObjectVersion ' +
          'GetObjectVersionAcl GetObjectVersionForReplication GetObjectVersionTorrent ListBucket ' +
          'ListBucketMultipartUploads ListBucketVersions ListMultipartUploadParts',
        destination(ends),
        below(destination(ends), '/*'),
      ),
    ],
    Write: (ends) => [
      allow(
        's3: AbortMultipartUpload DeleteObject DeleteObjectVersion PutObject PutObjectLegalHold PutObjectRetention ' +
          'RestoreObject',
        destination(ends),
        below(destination(ends), '/*'),
      ),
    ],
  },
};

const invocation = mayWrite((ends) => [allow('lambda: InvokeAsync InvokeFunction', destination(ends))]);
const events = mayWrite((ends) => [allow('events: PutEvents', destination(ends))]);
const publication = mayWrite((ends) => [allow('sns: Publish', destination(ends))]);

const executions = (ends: Ends) => here('states', 'execution:${Name}:*', { Name: ends.of('Destination', 'Name') });
/** EventBridge tells a state machine by this rule that another one has ended. */
const endings = here('events', 'rule/StepFunctionsGetEventsForStepFunctionsExecutionRule');

const apiCalls = mayInvoke('apigateway', (ends) => ({
  SourceArn: here('execute-api', '${Api}/${Qualifier}', {
    Api: ends.of('Source', 'ResourceId'),
    Qualifier: ends.of('Source', 'Qualifier'),
  }),
}));

/** What SAM can connect: from a type, to a type. */
export const connectorProfiles: Readonly<Record<string, Readonly<Record<string, Profile>>>> = {
  'AWS::Lambda::Function': {
    'AWS::Lambda::Function': invocation,
    'AWS::S3::Bucket': objects,
    'AWS::DynamoDB::Table': items,
    'AWS::SNS::Topic': publication,
    'AWS::Events::EventBus': events,
    'AWS::SQS::Queue': {
      kind: 'role',
      side: 'Source',
      access: {
        Read: (ends) => [allow('sqs: ReceiveMessage GetQueueAttributes', destination(ends))],
        Write: (ends) => [
          allow('sqs: DeleteMessage SendMessage ChangeMessageVisibility PurgeQueue', destination(ends)),
        ],
      },
    },
    'AWS::StepFunctions::StateMachine': {
      kind: 'role',
      side: 'Source',
      access: {
        Write: (ends) => [
          allow('states: StartExecution StartSyncExecution', destination(ends)),
          allow('states: StopExecution', executions(ends)),
        ],
        Read: (ends) => [
          allow('states: DescribeStateMachine ListExecutions', destination(ends)),
          allow('states: DescribeExecution DescribeStateMachineForExecution GetExecutionHistory', executions(ends)),
        ],
      },
    },
    'AWS::Location::PlaceIndex': {
      kind: 'role',
      side: 'Source',
      access: {
        Read: (ends) => [
          allow(
            'geo: DescribePlaceIndex GetPlace SearchPlaceIndexForPosition SearchPlaceIndexForSuggestions ' +
              'SearchPlaceIndexForText',
            destination(ends),
          ),
        ],
      },
    },
  },
  'AWS::StepFunctions::StateMachine': {
    'AWS::Lambda::Function': invocation,
    'AWS::SNS::Topic': publication,
    'AWS::SQS::Queue': mayWrite((ends) => [allow('sqs: SendMessage', destination(ends))]),
    'AWS::S3::Bucket': objects,
    'AWS::DynamoDB::Table': items,
    'AWS::Events::EventBus': events,
    'AWS::StepFunctions::StateMachine': {
      kind: 'role',
      side: 'Source',
      dependedBy: 'Source',
      combinations: [['Read'], ['Read', 'Write']],
      access: {
        Read: (ends) => [allow('states: DescribeExecution', executions(ends)), allow('events: DescribeRule', endings)],
        Write: (ends) => [
          allow('states: StartExecution', destination(ends)),
          allow('states: StopExecution', executions(ends)),
          allow('events: PutTargets PutRule', endings),
        ],
      },
    },
  },
  'AWS::AppSync::DataSource': {
    'AWS::DynamoDB::Table': items,
    'AWS::Events::EventBus': events,
    'AWS::Lambda::Function': mayWrite((ends) => [
      allow('lambda: InvokeAsync InvokeFunction', destination(ends), below(destination(ends), ':*')),
    ]),
  },
  'AWS::AppSync::GraphQLApi': {
    'AWS::Lambda::Function': mayInvoke('appsync', (ends) => ({
      SourceArn: here('appsync', 'apis/${Api}', { Api: ends.of('Source', 'ResourceId') }),
    })),
  },
  'AWS::ApiGateway::RestApi': { 'AWS::Lambda::Function': apiCalls },
  'AWS::ApiGatewayV2::Api': { 'AWS::Lambda::Function': apiCalls },
  'AWS::Events::Rule': {
    'AWS::SNS::Topic': { kind: 'topic', access: { Write: maySend('events', 'sns:Publish') } },
    'AWS::SQS::Queue': { kind: 'queue', access: { Write: maySend('events', 'sqs:SendMessage') } },
    'AWS::Events::EventBus': events,
    'AWS::StepFunctions::StateMachine': mayWrite((ends) => [allow('states: StartExecution', destination(ends))]),
    'AWS::Lambda::Function': mayInvoke('events'),
  },
  'AWS::SNS::Topic': {
    'AWS::SQS::Queue': { kind: 'queue', access: { Write: maySend('sns', 'sqs:SendMessage') } },
    'AWS::Lambda::Function': mayInvoke('sns'),
  },
  'AWS::S3::Bucket': {
    'AWS::Lambda::Function': mayInvoke('s3', (ends) => ({
      SourceArn: ends.of('Source', 'Arn'),
      SourceAccount: { Ref: 'AWS::AccountId' },
    })),
  },
  'AWS::SQS::Queue': {
    'AWS::Lambda::Function': {
      kind: 'role',
      side: 'Destination',
      dependedBy: 'event source mapping',
      combinations: [['Read', 'Write']],
      access: {
        Write: (ends) => [allow('sqs: DeleteMessage', ends.of('Source', 'Arn'))],
        Read: (ends) => [allow('sqs: ReceiveMessage GetQueueAttributes', ends.of('Source', 'Arn'))],
      },
    },
  },
  'AWS::DynamoDB::Table': {
    'AWS::Lambda::Function': {
      kind: 'role',
      side: 'Destination',
      dependedBy: 'event source mapping',
      access: {
        Read: (ends) => [
          allow(
            'dynamodb: DescribeStream GetRecords GetShardIterator ListStreams',
            below(ends.of('Source', 'Arn'), '/stream/*'),
          ),
        ],
      },
    },
  },
};
