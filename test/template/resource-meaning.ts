import type { ReadResult } from '#gateway/template/read-application.ts';

/**
 * What a template's CloudFormation resources mean, by type and logical id: without hashes, without what translators name
 * or order as they like, and without what the model of the application compares better.
 */
export const resourceMeanings = (resources: ReadResult['resources']): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    resources
      .map(({ logicalId, type, properties }): [string, unknown] => [
        `${type} ${plainId(logicalId, type)}`,
        comparedByTheModel.test(type) ? 'is there' : plain(properties),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** Definitions are written in many ways; the paths, states and routes that they hold are in the model. */
const comparedByTheModel = /^AWS::(ApiGateway(V2)?|StepFunctions)::/;

const plainId = (logicalId: string, type: string): string =>
  type === 'AWS::Lambda::LayerVersion'
    ? logicalId.replace(/[0-9a-f]{10}$/, '')
    : logicalId.replace(/(Version|Deployment|Stage)[0-9a-z]{10}$/, '$1');

/** Tags and the names of policies change nothing here. */
const leftOut = new Set(['Tags', 'PolicyName']);
/** Lists in which order says nothing; in some of them IAM takes one item for a list of one. */
const unordered = new Set(['ManagedPolicyArns', 'Resource', 'Action', 'Statement', 'RecordSets']);

const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value)
    .filter(([key, member]) => !leftOut.has(key) && member !== null)
    .map(([key, member]): [string, unknown] => {
      const compared = plain(member);
      if (!unordered.has(key)) return [key, compared];
      const items = Array.isArray(compared) ? compared : [compared];
      return [key, [...items].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))];
    });
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
};
