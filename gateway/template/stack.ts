import type { DeploymentTarget } from './inputs/deployment-target.ts';
import type { Resource, Resources } from './resource.ts';
import type { Plain, PlainMap } from './text/plain.ts';

/** One stack: a template and what it declares, with its own parameters, conditions and names. */
export type Stack = {
  /** The logical ids that lead to it from the root, a slash behind each; empty for the root. */
  readonly path: string;
  readonly templateFile: string;
  readonly target: DeploymentTarget;
  readonly template: PlainMap;
  /** SAM's `Globals`, parameters resolved. */
  readonly globals: PlainMap;
  /** The template's own resources, `Globals` laid under them. */
  readonly written: Resources;
  /** What CloudFormation sees: SAM's resources expanded. */
  readonly resources: Resources;
  /** Resolves everything in a value, names of resources too. */
  evaluate(value: Plain): Plain;
  /** The outputs whose condition holds, as text. */
  outputs(): Readonly<Record<string, string>>;
  /** The stacks that its resources make, in their order; those whose template is not on this disk are left out. */
  nested(): readonly Stack[];
  /** What its values asked for and the gateway does not know. */
  standIns(): readonly StandIn[];
};

/** A made-up value for an attribute; an empty attribute is the resource's `Ref`. */
export type StandIn = { readonly resource: Resource; readonly attribute: string; readonly value: string };

/** The type of the resources that nest a stack. */
export const nestedStackType = 'AWS::CloudFormation::Stack';

/** A stack and all that it nests, each before what it nests itself. */
export const withNested = (stack: Stack): readonly Stack[] => [stack, ...stack.nested().flatMap(withNested)];
