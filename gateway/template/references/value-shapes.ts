import { createHash } from 'node:crypto';
import type { Plain } from '../text/plain.ts';
import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';

export type TextOf = (subject: Subject) => string;

/** The name that a property gives, or the one that CloudFormation would make up. */
export const nameOf =
  (property: string): TextOf =>
  (subject) =>
    subject.text(property, ownName(subject));

export const textOf =
  (property: string, otherwise: string): TextOf =>
  (subject) =>
    subject.text(property, otherwise);

const digest = (subject: Subject): string =>
  createHash('sha256').update(`${subject.type}\0${subject.target.stackName}\0${subject.logicalId}`).digest('hex');

/** Ids as EC2 and its kin give them: a prefix and seventeen hexadecimal digits, the same on every start. */
export const hexId =
  (prefix: string, length = 17): TextOf =>
  (subject) =>
    prefix + digest(subject).slice(0, length);

/** Ids of capital letters and digits, as CloudFront, Route 53 and IAM give them. */
export const capitalId =
  (prefix: string, length: number): TextOf =>
  (subject) =>
    prefix +
    BigInt(`0x${digest(subject)}`)
      .toString(36)
      .toUpperCase()
      .slice(0, length);

export const uuid: TextOf = (subject) => {
  const hex = digest(subject);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

/** An ARN in the stack's region and account; `global` for a service that has no regions. */
export const arnOf =
  (service: string, resource: TextOf, options?: 'global'): TextOf =>
  (subject) =>
    arn(subject.target, service, resource(subject), options);

export const after =
  (prefix: string, name: TextOf): TextOf =>
  (subject) =>
    prefix + name(subject);

/** A host name below the service's: `name.region.service.amazonaws.com`. */
export const hostOf =
  (name: TextOf, service: string): TextOf =>
  (subject) =>
    `${name(subject)}.${subject.target.region}.${service}.${subject.target.urlSuffix}`;

type Attributes = LocalValues['attributes'];

export const values = (ref: TextOf, attributes: Attributes = {}): LocalValues => ({ ref, attributes });
/** As `values`, where the type is known to have these attributes and no others. */
export const allValues = (ref: TextOf, attributes: Attributes = {}): LocalValues => ({
  ref,
  attributes,
  complete: true,
});

/** What has a name for its Ref and one ARN. */
export const named = (property: string, service: string, prefix: string, more: Attributes = {}): LocalValues =>
  values(nameOf(property), { Arn: arnOf(service, after(prefix, nameOf(property))), ...more });

/** What gives its Ref, an id or an ARN, under these attributes too. */
export const alsoAs = (text: TextOf, names: readonly string[], more: Attributes = {}): LocalValues =>
  values(text, { ...Object.fromEntries(names.map((name) => [name, text])), ...more });

export const fixed =
  (value: Plain): ((subject: Subject) => Plain) =>
  () =>
    value;
