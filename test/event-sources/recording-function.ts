import type { FunctionInvoker, InvocationResult } from '#gateway/lambda/invocation.ts';

/** The records of one invocation, as far as tests look at them. */
export type Batch = readonly {
  readonly dynamodb: { readonly SequenceNumber: string; readonly Keys: { version: { N: string } } };
}[];

/** Does what `answer` says: returns the function's answer, or throws what the function throws. */
export type RecordingFunction = FunctionInvoker & {
  /** Versions of the bids of each invocation, in order. */
  readonly batches: number[][];
  readonly payloads: string[];
  readonly references: string[];
};

export const recordingFunction = (
  answer: (versions: number[], batch: Batch) => unknown = () => null,
): RecordingFunction => {
  const batches: number[][] = [];
  const payloads: string[] = [];
  const references: string[] = [];
  return {
    batches,
    payloads,
    references,
    async invoke(request): Promise<InvocationResult> {
      const batch: Batch = JSON.parse(request.payload).Records;
      const versions = batch.map((record) => Number(record.dynamodb.Keys.version.N));
      batches.push(versions);
      payloads.push(request.payload);
      references.push(`${request.function.name}:${request.function.qualifier}`);
      const ran = {
        kind: 'answered',
        executedVersion: '7',
        requestId: 'request',
        initMs: null,
        durationMs: 1,
      } as const;
      try {
        const payload = JSON.stringify((await answer(versions, batch)) ?? null);
        return { ...ran, payload, functionError: null };
      } catch (error) {
        const payload = JSON.stringify({ errorType: 'Error', errorMessage: (error as Error).message });
        return { ...ran, payload, functionError: 'Unhandled' };
      }
    },
  };
};
