import type { SupportLevel } from '../support.ts';
import { isMap, type Plain } from '../text/plain.ts';

/** How one property is honoured, and what may stand in it. */
export type SupportNode = {
  readonly level: SupportLevel;
  readonly note: string;
  /** The members it has by name; those of its items, where it is a list. */
  readonly fields?: Readonly<Record<string, SupportNode>>;
  /** Every member of a map whose keys are free, and every item of a list. */
  readonly each?: SupportNode;
  /** What stands in it is the author's own: names of variables, documents of other kinds. */
  readonly free?: true;
  /** Keys that start with `x-` and are not API Gateway's are other tools' affair. */
  readonly foreignExtensions?: true;
  /** Where it hangs on the value: what holds for this one. */
  readonly judge?: (value: Plain) => SupportNode;
  /** What the resource's Metadata may say. */
  readonly metadata?: Readonly<Record<string, SupportNode>>;
};

type Fields = Readonly<Record<string, SupportNode>>;

/** A text, a number, a reference, or a list of these; a map in its place has members that nobody knows. */
export const honoured: SupportNode = { level: 'honoured', note: '' };
/** Honoured with all that stands in it. */
export const free: SupportNode = { ...honoured, free: true };
export const differently = (note: string): SupportNode => ({ level: 'differently', note });
export const notHonoured = (note: string): SupportNode => ({ level: 'not honoured', note });

/** Honoured as far as its members say. */
export const fields = (members: Fields): SupportNode => ({ level: 'honoured', note: '', fields: members });
export const eachOf = (member: SupportNode): SupportNode => ({ level: 'honoured', note: '', each: member });

/** Honoured for the values that match, and for no others. */
export const onlyFor = (pattern: RegExp, otherwise: SupportNode): SupportNode => ({
  ...honoured,
  judge: (value) => (typeof value === 'string' && !pattern.test(value) ? otherwise : honoured),
});

/** A definition outside of the template: a local file is read, an object in a bucket is not here. */
export const bodyLocation: SupportNode = {
  ...honoured,
  judge: (value) =>
    typeof value === 'string' && !value.startsWith('s3:')
      ? differently('a file of this disk')
      : // Whether CDK left it beside the template is looked at when it is read: definition-files.ts.
        fields(all(honoured, 'Bucket', 'Key', 'Version', 'ETag')),
};

/** As `otherwise` says, but where the value asks for nothing: false, or a map of which no member is true. */
export const unlessUnasked = (otherwise: SupportNode): SupportNode => ({
  ...otherwise,
  judge: (value) => (asksForNothing(value) ? free : otherwise),
});
const asksForNothing = (value: Plain): boolean =>
  value === false || (isMap(value) && Object.values(value).every((member) => member === false));

/** Several members of one kind. */
export const all = (node: SupportNode, ...names: readonly string[]): Fields =>
  Object.fromEntries(names.map((name) => [name, node]));

/** Reasons that stand in several tables. A later issue that honours one of these deletes it. */
export const reasons = {
  authorizer: notHonoured('authorizers other than IAM do not run yet; what they guard answers 501'),
  apiKey: notHonoured('API keys are not checked yet; what needs one answers 501'),
  policy: notHonoured('resource policies are not evaluated yet; the API answers 501'),
  validation: notHonoured('requests are not validated yet'),
  throttling: notHonoured('requests are not throttled'),
  cache: notHonoured('responses are not cached yet'),
  accessLog: notHonoured('access logs are not written yet'),
  tracing: notHonoured('no traces are recorded yet'),
  mapping: notHonoured('HTTP APIs answer 501; WebSocket APIs pass over it'),
  metrics: notHonoured('no metrics are recorded'),
  domain: notHonoured('custom domains are not served; use the local URLs'),
  network: differently('everything is served on the loopback interface'),
  inert: differently('has no meaning on this machine'),
} as const;
