import { didYouMean } from '../problems.ts';
import type { Resource } from '../resource.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { type Expansion, getAtt, make, mapAt, pick, ref, stageSuffix, sub, textAt } from './expansion.ts';

export const implicitApis = { Api: 'ServerlessRestApi', HttpApi: 'ServerlessHttpApi' } as const;

/** The part of an event's properties that an event source mapping takes as it is. */
const mappingProperties = [
  'BatchSize',
  'BisectBatchOnFunctionError',
  'DestinationConfig',
  'Enabled',
  'FilterCriteria',
  'FunctionResponseTypes',
  'MaximumBatchingWindowInSeconds',
  'MaximumRecordAgeInSeconds',
  'MaximumRetryAttempts',
  'ParallelizationFactor',
  'ScalingConfig',
  'StartingPosition',
  'StartingPositionTimestamp',
  'TumblingWindowInSeconds',
];

const sources: Readonly<Record<string, string>> = { DynamoDB: 'Stream', Kinesis: 'Stream', SQS: 'Queue' };

/** What SAM knows besides; events of these types never come here, and `check` says so. */
const otherTypes =
  'AlexaSkill CloudWatchEvent CloudWatchLogs Cognito DocumentDB EventBridgeRule IoTRule MQ MSK S3 SNS Schedule ScheduleV2 SelfManagedKafka'.split(
    ' ',
  );

/** What the events of a function need: permissions and operations for APIs, mappings for streams and queues. */
export const expandEvents = (resource: Resource, alias: Plain | null, expansion: Expansion): void => {
  const given = entry(resource.properties, 'Events') ?? {};
  if (!isMap(given)) {
    expansion.problems.add(
      `Events of ${resource.logicalId} must be a map, not ${describe(given)}.`,
      placeOf(resource.properties, 'Events') ?? resource.place,
      'Give each event a name, with its Type and Properties under it.',
    );
  }
  const events = mapAt(resource.properties, 'Events');
  for (const [eventId, event] of Object.entries(events)) {
    const place = placeOf(events, eventId) ?? resource.place;
    if (!isMap(event)) {
      expansion.problems.add(
        `The event ${eventId} must be a map, not ${describe(event)}.`,
        place,
        'Give it a Type and Properties.',
      );
      continue;
    }
    const type = textAt(event, 'Type') ?? '';
    const sourceKey = entry(sources, type);
    const properties = mapAt(event, 'Properties');
    if (type === 'Api' || type === 'HttpApi') {
      apiEvent(type, eventId, properties, resource, alias, expansion);
    } else if (sourceKey !== undefined) {
      const source = entry(properties, sourceKey);
      if (source === undefined) {
        expansion.problems.add(`The event ${eventId} has no ${sourceKey}.`, place, 'Give it the ARN of its source.');
        continue;
      }
      make(expansion, resource, resource.logicalId + eventId, 'AWS::Lambda::EventSourceMapping', {
        EventSourceArn: source,
        FunctionName: alias ?? ref(resource.logicalId),
        ...pick(properties, ...mappingProperties),
      });
    } else if (type === '') {
      expansion.problems.add(`The event ${eventId} has no Type.`, place, 'Write one, such as Type: Api.');
    } else if (!otherTypes.includes(type)) {
      expansion.problems.add(
        `The event ${eventId} has the Type ${type}, which SAM does not know.`,
        placeOf(event, 'Type') ?? place,
        `Write one that it knows, such as Api.${didYouMean(type, ['Api', 'HttpApi', ...Object.keys(sources), ...otherTypes])}`,
      );
    }
  }
};

const apiEvent = (
  kind: 'Api' | 'HttpApi',
  eventId: string,
  properties: PlainMap,
  resource: Resource,
  alias: Plain | null,
  expansion: Expansion,
): void => {
  const { logicalId } = resource;
  const place = placeOf(mapAt(resource.properties, 'Events'), eventId) ?? resource.place;
  const given = entry(properties, kind === 'Api' ? 'RestApiId' : 'ApiId');
  const named =
    typeof given === 'string' ? given : given !== undefined && isMap(given) ? entry(given, 'Ref') : undefined;
  const apiId = given === undefined ? implicitApis[kind] : typeof named === 'string' ? named : null;
  const path = textAt(properties, 'Path');
  const method = textAt(properties, 'Method')?.toLowerCase() ?? null;
  const isDefaultRoute = kind === 'HttpApi' && path === null && method === null;
  if (!isDefaultRoute && (path === null || method === null)) {
    expansion.problems.add(
      `The event ${eventId} needs ${path === null ? 'a Path' : 'a Method'}.`,
      place,
      kind === 'Api' ? 'Give it Path and Method.' : 'Give it Path and Method, or neither for the $default route.',
    );
    return;
  }
  if (method !== null && !methods.includes(method)) {
    expansion.problems.add(
      `The event ${eventId} has the Method ${method.toUpperCase()}.`,
      placeOf(properties, 'Method') ?? place,
      `It can be ${methods.join(', ')}.${didYouMean(method, methods)}`,
    );
    return;
  }
  if (path !== null && !path.startsWith('/') && path !== '$default') {
    expansion.problems.add(
      `The Path of the event ${eventId} does not start with a slash.`,
      placeOf(properties, 'Path') ?? place,
      `Write /${path}.`,
    );
    return;
  }
  let hasDefault = false;
  if (apiId !== null) {
    refuseUnknownAuthorizer(kind, eventId, apiId, properties, expansion);
    const events = expansion.apiEvents.get(apiId) ?? [];
    hasDefault = events.some((event) => event.functionId === logicalId && event.path === '$default');
    expansion.apiEvents.set(apiId, events);
    events.push({
      kind,
      functionId: logicalId,
      target: alias ?? getAtt(logicalId, 'Arn'),
      eventId,
      path: path ?? '$default',
      method: method === null || method === '*' ? 'any' : method,
      properties,
      place,
    });
  }
  // The permission of the $default route covers the function's other routes; of an alias SAM does not see that.
  if (kind === 'HttpApi' && hasDefault && alias === null) return;
  const verb = method === null || method === 'any' || method === '*' ? '*' : method.toUpperCase();
  // Permissions name path parameters by an asterisk; HTTP ones keep greedy parameters and drop a slash at the end.
  const shown = isDefaultRoute
    ? ''
    : kind === 'Api'
      ? path!.replace(/\{[^}]*\}/g, '*')
      : path!.replace(/\/$/, '').replace(/\{([A-Za-z0-9._-]+|proxy\+)\}/g, '*');
  const suffix = kind === 'Api' ? permissionSuffix(apiId, expansion) : '';
  make(expansion, resource, `${logicalId}${eventId}Permission${suffix}`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: alias ?? ref(logicalId),
    Principal: 'apigateway.amazonaws.com',
    SourceArn: sub(
      `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${verb}${shown}`,
      {
        __ApiId__: given === undefined ? ref(implicitApis[kind]) : typeof given === 'string' ? given : given,
        __Stage__: '*',
      },
    ),
  });
};

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'any', '*'];

const refuseUnknownAuthorizer = (
  kind: 'Api' | 'HttpApi',
  eventId: string,
  apiId: string,
  properties: PlainMap,
  expansion: Expansion,
): void => {
  const auth = mapAt(properties, 'Auth');
  const name = textAt(auth, 'Authorizer');
  const api = expansion.source.get(apiId);
  if (name === null || name === 'NONE' || name === 'AWS_IAM' || api?.type !== `AWS::Serverless::${kind}`) return;
  if (entry(api.properties, 'DefinitionBody') ?? entry(api.properties, 'DefinitionUri')) return;
  const known = Object.keys(mapAt(mapAt(api.properties, 'Auth'), 'Authorizers'));
  if (known.includes(name)) return;
  expansion.problems.add(
    `The event ${eventId} names the authorizer ${name}, which ${apiId} does not have.`,
    placeOf(auth, 'Authorizer') ?? api.place,
    `Declare it under Auth: Authorizers of the API.${didYouMean(name, known)}`,
  );
};

/** SAM ends the permission's id with the stage's name where that is written plainly. */
const permissionSuffix = (apiId: string | null, expansion: Expansion): string => {
  const api = apiId === null ? undefined : expansion.source.get(apiId);
  return api ? (stageSuffix(api)?.text ?? 'Stage') : 'AllStages';
};
