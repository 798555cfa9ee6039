import type { IntrinsicFunction } from './call.ts';
import { findInMap, ifCondition, notInResources } from './choices.ts';
import { cidr } from './cidr.ts';
import { length, toJsonString } from './language-extensions.ts';
import { getAtt, ref } from './names.ts';
import { getStackOutput, importValue } from './other-stacks.ts';
import { sub } from './sub.ts';
import { base64, getAzs, join, select, split } from './text-functions.ts';

export const intrinsicFunctions: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: ref,
  'Fn::GetAtt': getAtt,
  'Fn::Sub': sub,
  'Fn::Join': join,
  'Fn::Select': select,
  'Fn::Split': split,
  'Fn::Base64': base64,
  'Fn::GetAZs': getAzs,
  'Fn::If': ifCondition,
  'Fn::FindInMap': findInMap,
  'Fn::Cidr': cidr,
  'Fn::Length': length,
  'Fn::ToJsonString': toJsonString,
  'Fn::ImportValue': importValue,
  'Fn::GetStackOutput': getStackOutput,
  'Fn::And': notInResources,
  'Fn::Or': notInResources,
  'Fn::Not': notInResources,
  'Fn::Equals': notInResources,
};
