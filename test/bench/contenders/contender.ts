export type Running = {
  /** The URL of the handler. */
  readonly url: string;
  readonly pid: number;
  readonly readyMs: number;
  stop(): Promise<void>;
};

export type Contender = {
  /** As it stands in the table. */
  readonly name: string;
  start(): Promise<Running>;
};
