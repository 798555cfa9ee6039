import { isList, isMap, type Plain } from '../text/plain.ts';
import { capacityProviderTypes } from './capacity-providers.ts';
import { connectorTypes } from './connectors.ts';
import { dataAndAccessTypes } from './data-and-access.ts';
import { lambdaTypes } from './lambda.ts';
import { all, differently, eachOf, fields, free, honoured, notHonoured, type SupportNode } from './node.ts';
import { restTypes } from './rest-apis.ts';
import { serviceTypes } from './services.ts';
import { stackTypes } from './stacks.ts';
import { stateMachineTypes } from './state-machines.ts';
import { userPoolTypes } from './user-pools.ts';
import { httpTypes, webSocketTypes } from './v2-apis.ts';

export { globalsTable } from './globals.ts';
export type { SupportNode } from './node.ts';

/** By resource type. A later issue that honours more changes the entry, and nothing else. */
export const typeTable: Readonly<Record<string, SupportNode>> = {
  ...lambdaTypes,
  ...restTypes,
  ...httpTypes,
  ...webSocketTypes,
  ...dataAndAccessTypes,
  ...connectorTypes,
  ...capacityProviderTypes,
  ...serviceTypes,
  ...userPoolTypes,
  ...stackTypes,
  ...stateMachineTypes,
};

const known = ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'];
const isKnown = (item: Plain): boolean => known.includes(String(item)) || (isMap(item) && item.Name === 'AWS::Include');

const transforms = (value: Plain): SupportNode => {
  const asked = isList(value) ? value : [value];
  const macros = asked.filter((item) => !isKnown(item));
  if (macros.length === 0) {
    const [sam, extensions] = known.map((name) => asked.indexOf(name)) as [number, number];
    return sam >= 0 && sam < extensions
      ? differently('AWS runs SAM before AWS::LanguageExtensions in this order; here it runs after')
      : honoured;
  }
  const names = macros.map((macro) => (typeof macro === 'string' ? macro : JSON.stringify(macro)));
  return notHonoured(`${names.join(', ')}: macros run in an account, not here; what they would add is missing`);
};

const parameter = fields({
  ...all(honoured, 'Type', 'Default', 'AllowedPattern', 'AllowedValues', 'ConstraintDescription', 'Description'),
  ...all(honoured, 'MaxLength', 'MaxValue', 'MinLength', 'MinValue', 'NoEcho'),
});
const output = fields({
  ...all(honoured, 'Condition', 'Description', 'Value'),
  Export: fields({ Name: differently('no other stack imports it here') }),
});

/** The sections of a template. */
export const sectionTable: Readonly<Record<string, SupportNode>> = {
  AWSTemplateFormatVersion: honoured,
  Transform: { ...free, judge: transforms },
  Description: honoured,
  Metadata: free,
  Parameters: eachOf(parameter),
  Mappings: free,
  Conditions: free,
  // Each kind of resource has its own globals, and the resources below have the lines.
  Globals: free,
  Resources: free,
  Outputs: eachOf(output),
  Rules: eachOf(fields({ RuleCondition: free, Assertions: fields({ Assert: free, AssertDescription: honoured }) })),
  Hooks: notHonoured('hooks do not run'),
};
