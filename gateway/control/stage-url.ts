import type { RunningApi } from './readiness.ts';

/** A stage's URL; without a name, of the stage that users meet: `next` and SAM's extra `Stage` are not for them. */
export const stageUrl = (apis: readonly RunningApi[], api: string, stage?: string): string | null => {
  const stages = Object.entries(apis.find(({ logicalId }) => logicalId === api)?.stages ?? {});
  const wanted =
    stage === undefined
      ? (stages.find(([name]) => name !== 'next' && name !== 'Stage') ?? stages[0])
      : stages.find(([name]) => name === stage);
  return wanted?.[1] ?? null;
};
