import type { Clock } from './clock.ts';
import type { ParameterOverrides } from './model/parameter-overrides.ts';
import type { Observer } from './observe/observer.ts';

/** What a gateway is started with; every option has a default. */
export type GatewayOptions = {
  /** Defaults to `template.yaml` in the current folder. */
  readonly template?: string;
  readonly configEnv?: string;
  readonly parameterOverrides?: ParameterOverrides;
  /** What stands for Parameter Store and Secrets Manager; defaults to `gavel.values.yaml` beside the template. */
  readonly values?: string;
  readonly stackName?: string;
  readonly region?: string;
  /** The base port; 0 (the default in-process) lets the system choose each one. */
  readonly port?: number;
  /** Where data lies. */
  readonly dataDirectory?: string;
  /** Without a data directory: `.gavel/<stack>` beside the template (true), or in memory (the default). */
  readonly persist?: boolean;
  /** Tables to drop and make anew. */
  readonly reset?: readonly string[] | 'all' | 'none';
  readonly clock?: Clock;
  readonly observer?: Observer;
  /** Reload when a source changes; off in-process. */
  readonly watch?: boolean;
  readonly hosts?: number;
  readonly concurrency?: number;
  /** Throttles events above a function's concurrency as Lambda does; otherwise they queue. */
  readonly strictConcurrency?: boolean;
  /** An environment that rests so long ends; 10 unless told otherwise, 0 keeps all. */
  readonly idleMinutes?: number;
  readonly allowAws?: boolean;
  /** A debugger attaches to the first function here, to each other at one port more. Functions then run one event at a time. */
  readonly debugPort?: number;
  /** Commands that run functions of other runtimes than Node.js: `{ 'python3.13': 'python3 -m awslambdaric' }`. */
  readonly runtimes?: Readonly<Record<string, string>>;
  /** Only what is called runs: no schedule rings, and asynchronous events of an earlier run wait. */
  readonly alone?: boolean;
  /** Service → endpoint that replaces the embedded one. */
  readonly endpoints?: { readonly dynamodb?: string };
};
