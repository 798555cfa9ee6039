import { entry, isMap } from '../text/plain.ts';
import { all, differently, fields, honoured, notHonoured, onlyFor, reasons, type SupportNode } from './node.ts';

const filterCriteria = fields({ Filters: fields({ Pattern: honoured }) });
const destination = fields({
  OnFailure: fields({ Destination: honoured, Type: reasons.inert }),
  OnSuccess: fields({ Destination: honoured, Type: reasons.inert }),
});

/** What event source mappings take, whether a function's event or a resource of their own. */
export const mapping: Readonly<Record<string, SupportNode>> = {
  ...all(
    honoured,
    'BatchSize',
    'BisectBatchOnFunctionError',
    'Enabled',
    'FunctionResponseTypes',
    'MaximumBatchingWindowInSeconds',
  ),
  ...all(honoured, 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'StartingPosition'),
  ParallelizationFactor: differently('batches of a stream run one after the other'),
  FilterCriteria: filterCriteria,
  DestinationConfig: destination,
  TumblingWindowInSeconds: notHonoured('windows are not kept'),
  StartingPositionTimestamp: notHonoured('the stream is read from LATEST or TRIM_HORIZON'),
  ScalingConfig: notHonoured('one poller reads'),
  KmsKeyArn: reasons.inert,
  Tags: reasons.inert,
};

const eventAuth = fields({
  Authorizer: onlyFor(/^(AWS_IAM|NONE)$/, reasons.authorizer),
  AuthorizationScopes: reasons.authorizer,
  ApiKeyRequired: reasons.apiKey,
  InvokeRole: differently('the call is made without taking on the role'),
  ResourcePolicy: notHonoured('resource policies are not evaluated yet; the API answers 501'),
  OverrideApiAuth: honoured,
});

/** Properties of all events that come here in one list: which of them an event has depends on its type. */
const known = fields({
  Type: honoured,
  Properties: fields({
    ...all(honoured, 'Path', 'Method', 'RestApiId', 'ApiId', 'PayloadFormatVersion', 'TimeoutInMillis'),
    Auth: eventAuth,
    RequestParameters: reasons.validation,
    RequestModel: reasons.validation,
    ResponseTransferMode: notHonoured('responses are not streamed yet'),
    RouteSettings: reasons.throttling,
    ...mapping,
    Stream: honoured,
  }),
});

export const event: SupportNode = {
  ...known,
  judge(value) {
    const type = isMap(value) ? entry(value, 'Type') : undefined;
    if (typeof type !== 'string' || ['Api', 'HttpApi', 'DynamoDB'].includes(type)) return known;
    return notHonoured(`events of type ${type} never come`);
  },
};
