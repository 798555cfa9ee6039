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

/** The sections of a template. */
export const sectionTable: Readonly<Record<string, SupportNode>> = {
  AWSTemplateFormatVersion: honoured,
  Transform: honoured,
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
