/** The line that `start --json` prints; tools depend on its shape. */
export type Readiness = {
  readonly ready: true;
  readonly apis: readonly RunningApi[];
  readonly control: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

export type RunningApi = {
  /** That of the API's own resource. */
  readonly logicalId: string;
  readonly type: 'REST' | 'HTTP' | 'WEBSOCKET';
  readonly id: string;
  /** Stage name → URL. */
  readonly stages: Readonly<Record<string, string>>;
};
