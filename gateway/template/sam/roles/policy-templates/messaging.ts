import { allow, type PolicyTemplate } from './statement.ts';

/** Policy templates for queues, topics, mail, events, functions and executions. */
export const messagingPolicies: Readonly<Record<string, PolicyTemplate>> = {
  EventBridgePutEventsPolicy: [allow('events: PutEvents', 'events:event-bus/{EventBusName}')],
  LambdaInvokePolicy: [allow('lambda: InvokeFunction', 'lambda:function:{FunctionName}*')],
  MobileAnalyticsWriteOnlyAccessPolicy: [allow('mobileanalytics: PutEvents', '*')],
  PinpointEndpointAccessPolicy: [
    allow(
      'mobiletargeting: GetEndpoint UpdateEndpoint UpdateEndpointsBatch',
      'mobiletargeting:apps/{PinpointApplicationId}/endpoints/*',
    ),
  ],
  SESBulkTemplatedCrudPolicy: [
    allow(
      'ses: GetIdentityVerificationAttributes SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail ' +
        'VerifyEmailIdentity',
      'ses:identity/{IdentityName}',
    ),
  ],
  SESBulkTemplatedCrudPolicy_v2: [
    allow(
      'ses: SendEmail SendRawEmail SendTemplatedEmail SendBulkTemplatedEmail',
      'ses:identity/{IdentityName}',
      'ses:template/{TemplateName}',
    ),
    allow('ses: GetIdentityVerificationAttributes VerifyEmailIdentity', '*'),
  ],
  SESCrudPolicy: [
    allow(
      'ses: GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity',
      'ses:identity/{IdentityName}',
    ),
  ],
  SESEmailTemplateCrudPolicy: [
    allow('ses: CreateTemplate GetTemplate ListTemplates UpdateTemplate DeleteTemplate TestRenderTemplate', '*'),
  ],
  SESSendBouncePolicy: [allow('ses: SendBounce', 'ses:identity/{IdentityName}')],
  SNSCrudPolicy: [
    allow('sns: ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish', 'sns:{TopicName}*'),
  ],
  SNSPublishMessagePolicy: [allow('sns: Publish', 'sns:{TopicName}')],
  SQSPollerPolicy: [
    allow(
      'sqs: ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch ' +
        'GetQueueAttributes ReceiveMessage',
      'sqs:{QueueName}',
    ),
  ],
  SQSSendMessagePolicy: [allow('sqs: SendMessage*', 'sqs:{QueueName}')],
  StepFunctionsCallbackPolicy: [
    allow('states: SendTaskFailure SendTaskHeartbeat SendTaskSuccess', 'states:stateMachine:{StateMachineName}'),
  ],
  StepFunctionsExecutionPolicy: [allow('states: StartExecution', 'states:stateMachine:{StateMachineName}')],
  StepFunctionsExecutionPolicy_v2: [
    allow('states: StartExecution StartSyncExecution', 'states:stateMachine:{StateMachineName}'),
  ],
};
