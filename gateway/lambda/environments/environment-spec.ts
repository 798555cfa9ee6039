/** All that a worker needs to become an execution environment. It crosses two process borders: plain data only. */
export type EnvironmentSpec = {
  readonly functionName: string;
  readonly version: string;
  readonly memorySize: number;
  readonly logGroup: string;
  readonly logStream: string;
  /** 24 for `nodejs24.x`. */
  readonly runtimeMajor: number;
  readonly handler: string;
  /** What speaks the Runtime API, as program and arguments; null: Node.js, in a worker thread. */
  readonly command: readonly string[] | null;
  readonly code: RunnableCode;
  readonly layers: readonly LayerMount[];
  readonly logFormat: 'Text' | 'JSON';
  readonly applicationLogLevel: string;
  readonly allowAws: boolean;
  /** Whether debuggers may attach to it. */
  readonly inspect: boolean;
  readonly variables: Readonly<Record<string, string>>;
};

/** A function's code as it lies on this disk, ready to be imported. */
export type RunnableCode = {
  /** What `LAMBDA_TASK_ROOT` names. */
  readonly taskRoot: string;
  /** For a bundle: the source file from whose place its packages are looked for. */
  readonly resolveFrom: string | null;
  /** Packages that the deployed bundle expects from a layer. */
  readonly external: readonly string[];
};

/** In the order in which they are laid over `/opt`: later ones win. */
export type LayerMount = { readonly kind: 'opt' | 'opt/nodejs'; readonly dir: string };

/** Where calls to an AWS host name go; `*` in the pattern stands for anything. */
export type AwsRoute = { readonly hostPattern: string; readonly origin: string };

/** What a host puts into a worker: how to reach the gateway, and what to be. */
export type WorkerStart = {
  readonly id: number;
  readonly socketPath: string;
  readonly secret: string;
  /** The folder that is its `/tmp`; it goes when the environment does. */
  readonly scratch: string;
  readonly spec: EnvironmentSpec;
};
