import { didYouMean } from '../problems.ts';

const ids = [
  'EC2::AvailabilityZone::Name',
  'EC2::Image::Id',
  'EC2::Instance::Id',
  'EC2::KeyPair::KeyName',
  'EC2::SecurityGroup::GroupName',
  'EC2::SecurityGroup::Id',
  'EC2::Subnet::Id',
  'EC2::Volume::Id',
  'EC2::VPC::Id',
  'Route53::HostedZone::Id',
].map((name) => `AWS::${name}`);

const plainTypes = ['String', 'Number', 'CommaDelimitedList', 'List<Number>', 'List<String>'];
const ownTypes = [...plainTypes, ...ids, ...ids.map((id) => `List<${id}>`), 'AWS::SSM::Parameter::Name'];
const types = new Set([...ownTypes, ...ownTypes.map((type) => `AWS::SSM::Parameter::Value<${type}>`)]);

/** What a parameter's `Type` says. */
export type ParameterType = {
  readonly isList: boolean;
  readonly isNumber: boolean;
  /** The value given is the name of a parameter in Parameter Store. */
  readonly isStored: boolean;
};

export const parameterType = (type: string): ParameterType | null => {
  if (!types.has(type)) return null;
  const isStored = type.startsWith('AWS::SSM::Parameter::Value<');
  const own = isStored ? type.slice('AWS::SSM::Parameter::Value<'.length, -1) : type;
  return {
    isList: own === 'CommaDelimitedList' || own.startsWith('List<'),
    isNumber: own === 'Number' || own === 'List<Number>',
    isStored,
  };
};

/** What to do about a type that is none. */
export const typesFor = (type: string): string =>
  `It can be ${plainTypes.slice(0, 4).join(', ')}, a type of AWS such as ${ids[6]}, or AWS::SSM::Parameter::Value<…>.${didYouMean(type, types)}`;
