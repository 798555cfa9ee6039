import { createHash } from 'node:crypto';
import { derivedId } from '../../derived-ids.ts';
import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';

const functionName = (subject: Subject): string => subject.text('FunctionName', ownName(subject));

/** A function's ARN from what `FunctionName` may hold: a name, a partial ARN or an ARN. */
const functionArn = (subject: Subject): string => {
  const given = subject.text('FunctionName', '');
  return given.startsWith('arn:') ? given : arn(subject.target, 'lambda', `function:${given.split(':').pop()}`);
};

/** The ARN of the function, or of its alias, that a URL leads to. */
const urlTarget = (subject: Subject): string => {
  const given = subject.text('TargetFunctionArn', '');
  const name = given.startsWith('arn:') ? given : arn(subject.target, 'lambda', `function:${given}`);
  const qualifier = subject.text('Qualifier', '');
  return qualifier === '' ? name : `${name}:${qualifier}`;
};

const layerArn = (subject: Subject): string =>
  arn(subject.target, 'lambda', `layer:${subject.text('LayerName', ownName(subject))}:1`);

export const lambdaValues: Readonly<Record<string, LocalValues>> = {
  'AWS::Lambda::Function': {
    ref: functionName,
    attributes: {
      Arn: (subject) => arn(subject.target, 'lambda', `function:${functionName(subject)}`),
      'SnapStartResponse.ApplyOn': () => 'None',
      'SnapStartResponse.OptimizationStatus': () => 'Off',
    },
    complete: true,
  },
  'AWS::Lambda::Version': {
    ref: (subject) => `${functionArn(subject)}:1`,
    attributes: { Version: () => '1', FunctionArn: (subject) => `${functionArn(subject)}:1` },
  },
  'AWS::Lambda::Alias': {
    ref: (subject) => `${functionArn(subject)}:${subject.text('Name', '')}`,
    attributes: { AliasArn: (subject) => `${functionArn(subject)}:${subject.text('Name', '')}` },
  },
  'AWS::Lambda::LayerVersion': { ref: layerArn, attributes: { LayerVersionArn: layerArn } },
  'AWS::Lambda::EventSourceMapping': {
    ref: (subject) => eventSourceMappingId(subject.target.stackName, subject.logicalId),
    attributes: { Id: (subject) => eventSourceMappingId(subject.target.stackName, subject.logicalId) },
  },
  'AWS::Lambda::Url': {
    ref: urlTarget,
    attributes: {
      FunctionArn: urlTarget,
      FunctionUrl: (subject) =>
        `https://${derivedId(32, subject.target.stackName, subject.logicalId)}.lambda-url.${subject.target.region}.on.aws/`,
    },
    complete: true,
  },
};

/** In the shape of a UUID, as Lambda's are. */
const eventSourceMappingId = (stackName: string, logicalId: string): string => {
  const hex = createHash('sha256').update(`event-source\0${stackName}\0${logicalId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
