import { isList, type Plain } from '../text/plain.ts';
import { dataAndAccessTypes } from './data-and-access.ts';
import { lambdaTypes } from './lambda.ts';
import { honoured, notHonoured, type SupportNode } from './node.ts';
import { restTypes } from './rest-apis.ts';
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
};

const known = ['AWS::Serverless-2016-10-31', 'AWS::LanguageExtensions'];

const transforms = (value: Plain): SupportNode => {
  const macros = (isList(value) ? value : [value]).filter((name) => !known.includes(String(name)));
  if (macros.length === 0) return honoured;
  const names = macros.map((macro) => (typeof macro === 'string' ? macro : JSON.stringify(macro)));
  return notHonoured(`${names.join(', ')}: macros run in an account, not here; what they would add is missing`);
};

/** The sections of a template. */
export const sectionTable: Readonly<Record<string, SupportNode>> = {
  AWSTemplateFormatVersion: honoured,
  Transform: { ...honoured, judge: transforms },
  Description: honoured,
  Metadata: honoured,
  Parameters: honoured,
  Mappings: honoured,
  Conditions: honoured,
  Globals: honoured,
  Resources: honoured,
  Outputs: honoured,
  Rules: notHonoured('rules are not checked'),
  Hooks: notHonoured('hooks do not run'),
};
