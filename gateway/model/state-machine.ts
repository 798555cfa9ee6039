import type { Place } from './place.ts';

/** A Step Functions state machine. */
export type StateMachine = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly type: 'STANDARD' | 'EXPRESS';
  /** Amazon States Language as data, substitutions filled in; null where it is not on this disk. */
  readonly definition: StatesDefinition | null;
  /** The local file that the definition was read from; null where the template holds it. */
  readonly definitionFile: string | null;
  /** The ARN of its role. */
  readonly role: string | null;
  readonly logging: StateMachineLogging | null;
  readonly tracing: boolean;
  readonly aliases: readonly StateMachineAlias[];
  /** Why no execution can run here. */
  readonly unsupported: string | null;
  readonly place: Place;
};

export type StatesDefinition = {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly [member: string]: unknown;
};

export type StateMachineLogging = {
  readonly level: 'ALL' | 'ERROR' | 'FATAL' | 'OFF';
  readonly includeExecutionData: boolean;
  readonly logGroupArns: readonly string[];
};

export type StateMachineAlias = {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Version ARN → weight of the executions that go there, of 100. */
  readonly routing: Readonly<Record<string, number>>;
};
