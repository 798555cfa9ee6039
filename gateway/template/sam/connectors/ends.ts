import { intrinsicName } from '../../intrinsics/pending.ts';
import type { Resource, Resources } from '../../resource.ts';
import { entry, isList, isMap, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { getAtt, ref } from '../expansion.ts';
import type { End } from './profile.ts';

/** What a connector's `Source` or `Destination` leads to, or what is wrong with it. */
export const readEnd = (
  side: End['side'],
  given: PlainMap,
  other: PlainMap,
  resources: Resources,
): End | { readonly wrong: string; readonly remedy: string } => {
  const id = entry(given, 'Id');
  const written = Object.keys(given).filter((key) => key !== 'Id' && key !== 'Qualifier');
  if ((id !== undefined) === written.length > 0) {
    return {
      wrong: `${side} of %s ${id === undefined ? 'names no resource' : 'has properties beside its Id'}.`,
      remedy: 'Write the Id of a resource (a Qualifier may stand beside it), or its Type and properties.',
    };
  }
  if (id === undefined) {
    const type = textAt(given, 'Type');
    if (type === null) return { wrong: `${side} of %s has no Type.`, remedy: 'Write one, or the Id of a resource.' };
    const part = (name: string): Plain => entry(given, name) ?? null;
    return {
      side,
      logicalId: null,
      type: entry(cloudFormationTypes, type) ?? type,
      Arn: part('Arn'),
      RoleName: part('RoleName'),
      QueueUrl: part('QueueUrl'),
      ResourceId: part('ResourceId'),
      Name: part('Name'),
      Qualifier: part('Qualifier'),
    };
  }
  const resource = typeof id === 'string' ? resources.get(id) : undefined;
  if (typeof id !== 'string' || !resource) {
    return {
      wrong: `${side} of %s names ${typeof id === 'string' ? id : 'no logical id'}, which is no resource of this template.`,
      remedy: 'Mend its Id (a resource whose Condition is false does not exist).',
    };
  }
  const values = entry(valuesByType, resource.type)?.(id) ?? {};
  return {
    side,
    logicalId: id,
    type: resource.type,
    Arn: values.Arn ?? null,
    RoleName: roleName(resource, other),
    QueueUrl: values.QueueUrl ?? null,
    ResourceId: values.ResourceId ?? null,
    Name: values.Name ?? null,
    Qualifier: entry(given, 'Qualifier') ?? values.Qualifier ?? null,
  };
};

const cloudFormationTypes: Readonly<Record<string, string>> = {
  'AWS::Serverless::Function': 'AWS::Lambda::Function',
  'AWS::Serverless::StateMachine': 'AWS::StepFunctions::StateMachine',
  'AWS::Serverless::Api': 'AWS::ApiGateway::RestApi',
  'AWS::Serverless::HttpApi': 'AWS::ApiGatewayV2::Api',
  'AWS::Serverless::SimpleTable': 'AWS::DynamoDB::Table',
};

type Values = Partial<Pick<End, 'Arn' | 'QueueUrl' | 'ResourceId' | 'Name' | 'Qualifier'>>;

const byArn = (id: string): Values => ({ Arn: getAtt(id, 'Arn') });
/** An API is called as a whole unless a qualifier narrows it. */
const api = (id: string): Values => ({ Arn: getAtt(id, 'Arn'), ResourceId: ref(id), Qualifier: '*' });

const valuesByType: Readonly<Record<string, (id: string) => Values>> = {
  'AWS::Lambda::Function': byArn,
  'AWS::DynamoDB::Table': byArn,
  'AWS::S3::Bucket': byArn,
  'AWS::Events::Rule': byArn,
  'AWS::Events::EventBus': byArn,
  'AWS::Location::PlaceIndex': byArn,
  'AWS::SQS::Queue': (id) => ({ Arn: getAtt(id, 'Arn'), QueueUrl: ref(id) }),
  'AWS::SNS::Topic': (id) => ({ Arn: ref(id) }),
  'AWS::StepFunctions::StateMachine': (id) => ({ Arn: ref(id), Name: getAtt(id, 'Name') }),
  'AWS::AppSync::DataSource': (id) => ({ Arn: ref(id) }),
  'AWS::AppSync::GraphQLApi': (id) => ({ Arn: ref(id), ResourceId: getAtt(id, 'ApiId') }),
  'AWS::ApiGateway::RestApi': api,
  'AWS::ApiGatewayV2::Api': api,
};

const roleProperty: Readonly<Record<string, string>> = {
  'AWS::Lambda::Function': 'Role',
  'AWS::StepFunctions::StateMachine': 'RoleArn',
  'AWS::AppSync::DataSource': 'ServiceRoleArn',
};

/** The name of the role that a resource acts by, where that role stands in the template. */
const roleName = (resource: Resource, other: PlainMap): Plain => {
  const key = entry(roleProperty, resource.type);
  const role = key ? entry(resource.properties, key) : ruleRole(resource, other);
  const id = logicalIdOf(role ?? null);
  return id === null ? null : ref(id);
};

/** A rule has a role for each target: the one of the target that it is connected to. */
const ruleRole = ({ type, properties }: Resource, other: PlainMap): Plain | undefined => {
  const targets = type === 'AWS::Events::Rule' ? (entry(properties, 'Targets') ?? []) : [];
  for (const target of isList(targets) ? targets : []) {
    if (!isMap(target)) continue;
    const arn = entry(target, 'Arn') ?? null;
    const id = logicalIdOf(arn);
    const wanted = entry(other, 'Arn') ?? null;
    if (
      (id !== null && id === entry(other, 'Id')) ||
      (wanted !== null && JSON.stringify(wanted) === JSON.stringify(arn))
    )
      return entry(target, 'RoleArn');
  }
  return undefined;
};

/** The logical id that a `Ref` or `Fn::GetAtt` names. */
export const logicalIdOf = (value: Plain): string | null => {
  if (!isMap(value)) return null;
  const name = intrinsicName(value);
  if (name === 'Ref') return String(value.Ref);
  const args = name === 'Fn::GetAtt' ? value['Fn::GetAtt'] : null;
  if (typeof args === 'string') return args.split('.')[0] ?? null;
  return args !== null && isList(args) && typeof args[0] === 'string' ? args[0] : null;
};
