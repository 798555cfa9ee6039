import { join } from 'node:path';
import { type Journal, journalFile, journalInMemory } from './event-invocations/journal.ts';
import { type CheckpointStore, checkpointFile, checkpointsInMemory } from './event-sources/checkpoints.ts';
import { type DeadLetters, deadLetterFile, deadLettersInMemory } from './event-sources/dead-letters.ts';
import { type PinStore, pinFile, pinsInMemory } from './versions/pin-store.ts';

/** What of functions outlives a gateway that has a data directory. */
export type LambdaStores = {
  readonly checkpoints: CheckpointStore;
  readonly deadLetters: DeadLetters;
  readonly journal: Journal;
  readonly pins: PinStore;
  /** Where versions that are kept lie; null: with the builds. */
  readonly versionsDirectory: string | null;
};

export const lambdaStores = (dataDirectory: string | null): LambdaStores =>
  dataDirectory === null
    ? {
        checkpoints: checkpointsInMemory(),
        deadLetters: deadLettersInMemory(),
        journal: journalInMemory(),
        pins: pinsInMemory(),
        versionsDirectory: null,
      }
    : {
        checkpoints: checkpointFile(join(dataDirectory, 'checkpoints.json')),
        deadLetters: deadLetterFile(join(dataDirectory, 'dead-letters.jsonl')),
        journal: journalFile(join(dataDirectory, 'events.jsonl')),
        pins: pinsIn(dataDirectory),
        versionsDirectory: join(dataDirectory, 'versions'),
      };

export const pinsIn = (dataDirectory: string): PinStore => pinFile(join(dataDirectory, 'functions.json'));
