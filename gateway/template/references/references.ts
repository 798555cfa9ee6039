import type { DeploymentTarget } from '../inputs/deployment-target.ts';
import { type Lookup, later, removed } from '../intrinsics/call.ts';
import type { Evaluator } from '../intrinsics/evaluate.ts';
import type { Resource, Resources } from '../resource.ts';
import { nestedStackType } from '../stack.ts';
import { entry, type Plain } from '../text/plain.ts';
import { apiValues } from './api-values.ts';
import { lambdaValues } from './lambda-values.ts';
import { arn, type LocalValues, ownName, type Subject } from './local-values.ts';
import { serviceValues } from './service-values.ts';
import { stackId, stackValues } from './stack-values.ts';
import { stateMachineValues } from './state-machine-values.ts';

const table = new Map<string, LocalValues>(
  Object.entries({ ...apiValues, ...lambdaValues, ...serviceValues, ...stackValues, ...stateMachineValues }),
);

/** A type that the table does not know gets stable stand-ins: a template that names it still starts. */
const unknownType: LocalValues = { ref: ownName, attributes: {} };

const placeholder = (subject: Subject, attribute: string): string => {
  const service = subject.type.split('::')[1]?.toLowerCase() ?? 'custom';
  return /arn$/i.test(attribute) ? arn(subject.target, service, ownName(subject)) : `${ownName(subject)}-${attribute}`;
};

/** The pass that knows resources: what `Ref` and `GetAtt` give for each of them. */
export const createReferences = (parts: {
  readonly resources: Resources;
  readonly target: DeploymentTarget;
  /** `Fn.Alias`, `Fn.Version`, `Api.Stage`, `Api.Deployment` → the logical id that SAM made for it. */
  readonly referable: ReadonlyMap<string, string>;
  /** Asked late, since this lookup and that evaluator need each other. */
  readonly evaluator: () => Evaluator;
  readonly deploymentId: (resource: Resource) => string;
  /** The outputs of a nested stack; null where its template is not here. */
  readonly stackOutputs: (logicalId: string) => Readonly<Record<string, string>> | null;
  /** Told of what the table does not know, and gets a stand-in; an empty attribute is the `Ref`. */
  readonly standIn: (resource: Resource, attribute: string, value: string) => void;
}): Lookup => {
  const { resources, target, referable } = parts;

  const subjectOf = (resource: Resource): Subject => {
    const property = (name: string): Plain | undefined => {
      const value = entry(resource.properties, name);
      return value === undefined ? undefined : parts.evaluator().evaluate(value);
    };
    return {
      logicalId: resource.logicalId,
      type: resource.type,
      target,
      property,
      text(name, otherwise) {
        const value = property(name);
        return value === undefined || value === null || typeof value === 'object' ? otherwise : String(value);
      },
      deploymentId: () => parts.deploymentId(resource),
    };
  };

  const find = (name: string): Resource | undefined => resources.get(referable.get(name) ?? name);
  /** By attribute; null for what is no nested stack, or one whose template is not here. */
  const outputsOf = ({ type, logicalId }: Resource): Readonly<Record<string, string>> | null => {
    const outputs = type === nestedStackType ? parts.stackOutputs(logicalId) : null;
    return outputs && Object.fromEntries(Object.entries(outputs).map(([name, value]) => [`Outputs.${name}`, value]));
  };

  return {
    ref(name) {
      const resource = find(name);
      if (!resource) return undefined;
      const known = table.get(resource.type);
      const value = (known ?? unknownType).ref(subjectOf(resource));
      if (!known) parts.standIn(resource, '', value);
      return value;
    },
    getAtt(name, path) {
      const { logicalId, attribute } = throughReferable(referable, name, path);
      if (attribute === '') return this.ref(logicalId) as string | undefined;
      const resource = find(logicalId);
      if (!resource) return undefined;
      const outputs = outputsOf(resource);
      if (outputs) return entry(outputs, attribute);
      const values = table.get(resource.type) ?? unknownType;
      const read = Object.hasOwn(values.attributes, attribute) ? values.attributes[attribute] : undefined;
      if (read) return read(subjectOf(resource));
      if (values.complete) return undefined;
      const value = placeholder(subjectOf(resource), attribute);
      parts.standIn(resource, attribute, value);
      return value;
    },
    names: () => [...resources.keys(), ...referable.keys()],
    attributes(logicalId) {
      const resource = find(logicalId);
      const outputs = resource && outputsOf(resource);
      if (outputs) return Object.keys(outputs);
      const values = table.get(resource?.type ?? '');
      return values?.complete ? Object.keys(values.attributes) : null;
    },
  };
};

/** SAM's names inside GetAtt: `Fn.Alias` alone is the alias's Ref, `Fn.Version.Version` an attribute of the version. */
export const throughReferable = (
  referable: ReadonlyMap<string, string>,
  logicalId: string,
  attribute: string,
): { readonly logicalId: string; readonly attribute: string } => {
  const [id = '', property = '', ...rest] = `${logicalId}.${attribute}`.split('.');
  const made = referable.get(`${id}.${property}`);
  return made === undefined ? { logicalId, attribute } : { logicalId: made, attribute: rest.join('.') };
};

/** The pass before SAM's expansion: parameters and pseudo parameters alone. */
export const parameterLookup = (parameters: ReadonlyMap<string, Plain>, target: DeploymentTarget): Lookup => {
  const pseudo = new Map<string, Plain | typeof removed>([
    ['AWS::AccountId', target.accountId],
    ['AWS::NoValue', removed],
    ['AWS::NotificationARNs', []],
    ['AWS::Partition', target.partition],
    ['AWS::Region', target.region],
    ['AWS::StackId', stackId(target)],
    ['AWS::StackName', target.stackName],
    ['AWS::URLSuffix', target.urlSuffix],
  ]);
  return {
    ref: (name) => pseudo.get(name) ?? parameters.get(name) ?? later,
    getAtt: () => later,
    names: () => [...pseudo.keys(), ...parameters.keys()],
    attributes: () => null,
  };
};

/** Both passes in one: what SAM's expansion writes may hold pseudo parameters again. */
export const bothLookups = (first: Lookup, second: Lookup): Lookup => ({
  ref(name) {
    const value = first.ref(name);
    return value === later ? second.ref(name) : value;
  },
  getAtt: second.getAtt,
  names: () => [...first.names(), ...second.names()],
  attributes: second.attributes,
});
