import type { DeploymentTarget } from '../inputs/deployment-target.ts';
import type { Plain } from '../text/plain.ts';

/** A resource as its local values see it. */
export type Subject = {
  readonly logicalId: string;
  readonly type: string;
  readonly target: DeploymentTarget;
  /** A property's value; undefined where there is none. */
  property(name: string): Plain | undefined;
  /** A property as text, or the other value. */
  text(name: string, otherwise: string): string;
  /** The id of an API's deployment: it follows the definition. */
  deploymentId(): string;
};

/** What `Ref` and `GetAtt` give on this machine. */
export type LocalValues = {
  readonly ref: (subject: Subject) => string;
  readonly attributes: Readonly<Record<string, (subject: Subject) => Plain | undefined>>;
  /** These are all the attributes that the type has. */
  readonly complete?: true;
};

/** The name that stands for a resource whose template gives none. */
export const ownName = (subject: Subject): string => `${subject.target.stackName}-${subject.logicalId}`;

export const arn = (target: DeploymentTarget, service: string, resource: string, options?: 'global'): string =>
  `arn:${target.partition}:${service}:${options === 'global' ? '' : target.region}:${target.accountId}:${resource}`;
