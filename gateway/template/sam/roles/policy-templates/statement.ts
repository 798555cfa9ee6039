/** A statement of a policy template; `{Name}` in an ARN is a parameter's value. */
export type TemplateStatement = {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** The statement holds where a key of the request equals an ARN. */
  readonly when?: { readonly key: string; readonly arn: string };
};

export type PolicyTemplate = readonly TemplateStatement[];

/**
 * Allows a service's actions (`s3: GetObject PutObject`) on resources: `*`, a parameter that is an ARN itself, or the end
 * of an ARN: `service:path` of the stack's region and account, `service:::path` of neither.
 */
export const allow = (actions: string, ...resources: readonly string[]): TemplateStatement => {
  const [service = '', names = ''] = actions.split(': ');
  return { actions: names.split(' ').map((name) => `${service}:${name}`), resources: resources.map(arn) };
};

export const when = (key: string, end: string, statement: TemplateStatement): TemplateStatement => ({
  ...statement,
  when: { key, arn: arn(end) },
});

const arn = (end: string): string => {
  if (end === '*' || /^\{\w+\}$/.test(end)) return end;
  if (end.includes(':::')) return `arn:\${AWS::Partition}:${end}`;
  const colon = end.indexOf(':');
  return `arn:\${AWS::Partition}:${end.slice(0, colon)}:\${AWS::Region}:\${AWS::AccountId}:${end.slice(colon + 1)}`;
};
