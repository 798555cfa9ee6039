import type { Clock } from './clock.ts';
import type { Observer } from './observe/observer.ts';

/** What a gateway is started with; every option has a default. */
export type GatewayOptions = {
  /** Defaults to `template.yaml` in the current folder. */
  readonly template?: string;
  readonly configEnv?: string;
  readonly parameterOverrides?: Readonly<Record<string, string>>;
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
  readonly allowAws?: boolean;
  /** Service → endpoint that replaces the embedded one. */
  readonly endpoints?: { readonly dynamodb?: string };
};
