import type { Plain, PlainMap } from '../../text/plain.ts';
import { sub } from '../expansion.ts';

/** One side of a connector: what of it is known. Null where the template does not say. */
export type End = {
  readonly side: 'Source' | 'Destination';
  /** Null where the connector writes its properties out instead of naming a resource. */
  readonly logicalId: string | null;
  /** CloudFormation's own type. */
  readonly type: string;
  readonly Arn: Plain;
  readonly RoleName: Plain;
  readonly QueueUrl: Plain;
  readonly ResourceId: Plain;
  readonly Name: Plain;
  readonly Qualifier: Plain;
};

export type Permission = 'Read' | 'Write';

/** Both sides, as a profile asks for what it needs of them; what is missing is refused. */
export type Ends = { of(side: End['side'], part: 'Arn' | 'Name' | 'ResourceId' | 'Qualifier'): Plain };

type Statements = (ends: Ends) => readonly PlainMap[];

/** What connects two types: statements for a role, a queue's or topic's own policy, or a permission to invoke. */
export type Profile =
  | {
      readonly kind: 'role';
      /** Whose role it is. */
      readonly side: End['side'];
      readonly access: Readonly<Partial<Record<Permission, Statements>>>;
      /** The only combinations that work, where not every one does. */
      readonly combinations?: readonly (readonly Permission[])[];
      /** What must not be created before the policy is there. */
      readonly dependedBy?: 'Source' | 'event source mapping';
    }
  | { readonly kind: 'queue' | 'topic'; readonly access: Readonly<Partial<Record<Permission, Statements>>> }
  | {
      readonly kind: 'function';
      readonly access: { readonly Write: (ends: Ends) => PlainMap };
    };

/** `service: Action Action`, allowed on resources. */
export const allow = (actions: string, ...resources: readonly Plain[]): PlainMap => {
  const [service, names = ''] = actions.split(': ');
  return { Effect: 'Allow', Action: names.split(' ').map((name) => `${service}:${name}`), Resource: resources };
};

export const destination = (ends: Ends): Plain => ends.of('Destination', 'Arn');

/** What stands below an ARN. */
export const below = (arn: Plain, end: string): Plain => sub(`\${Arn}${end}`, { Arn: arn });

/** The resources of the stack's own region and account. */
export const here = (service: string, resource: string, variables: PlainMap = {}): Plain =>
  sub(`arn:\${AWS::Partition}:${service}:\${AWS::Region}:\${AWS::AccountId}:${resource}`, variables);

/** A service may send to the destination on behalf of the source. */
export const maySend =
  (service: string, action: string) =>
  (ends: Ends): readonly PlainMap[] => [
    {
      Effect: 'Allow',
      Principal: { Service: `${service}.amazonaws.com` },
      Resource: destination(ends),
      Action: action,
      Condition: { ArnEquals: { 'aws:SourceArn': ends.of('Source', 'Arn') } },
    },
  ];

/** A service may invoke the destination on behalf of the source. */
export const mayInvoke = (
  service: string,
  source: (ends: Ends) => PlainMap = (ends) => ({ SourceArn: ends.of('Source', 'Arn') }),
): Profile => ({
  kind: 'function',
  access: {
    Write: (ends) => ({ Action: 'lambda:InvokeFunction', Principal: `${service}.amazonaws.com`, ...source(ends) }),
  },
});

/** The source's role may write to the destination. */
export const mayWrite = (write: Statements): Profile => ({ kind: 'role', side: 'Source', access: { Write: write } });
