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

/** A stage's URL; without a name, of the stage that users meet: `next` and SAM's extra `Stage` are not for them. */
export const stageUrl = (apis: readonly RunningApi[], api: string, stage?: string): string | null => {
  const stages = Object.entries(apis.find(({ logicalId }) => logicalId === api)?.stages ?? {});
  const wanted =
    stage === undefined
      ? (stages.find(([name]) => name !== 'next' && name !== 'Stage') ?? stages[0])
      : stages.find(([name]) => name === stage);
  return wanted?.[1] ?? null;
};
