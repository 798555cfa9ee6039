import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../clock.ts';
import type { DynamoDb } from '../../cloud/dynamodb/dynamodb.ts';
import type { EventSourceMapping } from '../../model/lambda-function.ts';
import { formatPlace } from '../../model/place.ts';
import type { Observation, Observer } from '../../observe/observer.ts';
import { type FunctionInvoker, parseFunctionReference } from '../invocation.ts';
import type { CheckpointStore } from './checkpoints.ts';
import type { DeadLetters } from './dead-letters.ts';
import { dynamoDbStream } from './dynamodb-stream.ts';
import { compileFilters } from './filter-pattern.ts';
import { type MappingPoller, startMappingPoller } from './mapping-poller.ts';
import { streamTable } from './stream-description.ts';

export type EventSourcesOptions = {
  readonly mappings: readonly EventSourceMapping[];
  readonly dynamodb: DynamoDb | null;
  readonly lambda: FunctionInvoker;
  readonly clock: Clock;
  readonly observer: Observer;
  readonly account: { readonly region: string };
  readonly checkpoints: CheckpointStore;
  readonly deadLetters: DeadLetters;
  /** Where on-failure destinations are served; see `DeliveryContext`. */
  sendOn?(destination: string, letter: string): Promise<boolean>;
};

export type EventSources = {
  /** Resolves when each mapping has taken its place: from then on no record is missed. */
  ready(): Promise<void>;
  /** What a reload changes: mappings that stay the same go on undisturbed. */
  replace(mappings: readonly EventSourceMapping[]): void;
  /** Resolves when every record written before the call has been handled. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

/** A stop waits so long for batches in hands, in the system's time; the next start delivers the others again. */
const endsWithin = 1_000;

type Running = {
  /** The mapping as text, to see whether a reload changed it. */
  readonly text: string;
  readonly started: Promise<void>;
  poller: MappingPoller | null;
};

export const startEventSources = (options: EventSourcesOptions): EventSources => {
  const running = new Map<string, Running>();
  const ending = new Set<Promise<void>>();

  const end = (id: string, one: Running): Promise<void> => {
    running.delete(id);
    const ended = one.started.then(() => one.poller?.stop()).finally(() => ending.delete(ended));
    ending.add(ended);
    return ended;
  };
  const begin = (mapping: EventSourceMapping, text: string, after: Promise<void>): Running => {
    const one: Running = {
      text,
      poller: null,
      started: after.then(() => {
        one.poller = startMapping(options, mapping);
      }),
    };
    return one;
  };
  const replace = (mappings: readonly EventSourceMapping[]): void => {
    const wanted = new Map(mappings.filter((mapping) => mapping.enabled).map((mapping) => [mapping.id, mapping]));
    for (const [id, one] of running) if (!wanted.has(id)) void end(id, one);
    for (const [id, mapping] of wanted) {
      const text = JSON.stringify({ ...mapping, place: null });
      const old = running.get(id);
      if (old?.text === text) continue;
      // The old one finishes its batch first, or one record would be in two hands.
      running.set(id, begin(mapping, text, old ? end(id, old) : Promise.resolve()));
    }
  };
  const all = async (work: (poller: MappingPoller) => Promise<void>): Promise<void> => {
    await Promise.all([...running.values()].map((one) => one.started.then(() => one.poller && work(one.poller))));
  };

  replace(options.mappings);
  const unsubscribe = options.observer.subscribe((seen) => {
    if (mayHaveWritten(seen)) for (const { poller } of running.values()) poller?.wake();
  });

  return {
    replace,
    ready: () => all((poller) => poller.ready),
    idle: () => all((poller) => poller.idle()),
    async stop() {
      unsubscribe();
      for (const [id, one] of running) void end(id, one);
      const late = new AbortController();
      await Promise.race([Promise.all(ending), delay(endsWithin, undefined, { signal: late.signal }).catch(() => {})]);
      late.abort();
      await options.checkpoints.flush();
    },
  };
};

/** Whoever has just been answered may have written: that is fetched now, not when the next interval is over. */
const mayHaveWritten = (seen: Observation): boolean =>
  seen.kind === 'socket' || (seen.kind === 'request' && !['GET', 'HEAD', 'OPTIONS'].includes(seen.method));

/** Starts a mapping, or says why it does not run. */
const startMapping = (options: EventSourcesOptions, mapping: EventSourceMapping): MappingPoller | null => {
  const { clock, observer, dynamodb } = options;
  const notice = (level: 'warning' | 'error', text: string): void =>
    observer.emit({ kind: 'notice', at: clock.now(), level, text });
  const refuse = (why: string): null => {
    notice('error', `${formatPlace(mapping.place)}: event source ${mapping.logicalId} does not run: ${why}`);
    return null;
  };

  const table = streamTable(mapping.eventSourceArn);
  if (!table)
    return refuse(`events from ${mapping.eventSourceArn || mapping.bootstrapServers.join(', ')} are not honoured yet`);
  if (!dynamodb) return refuse('no DynamoDB is running');
  const reference = parseFunctionReference(mapping.functionName);
  if (!reference) return refuse(`${mapping.functionName} names no function`);
  let matches: (event: unknown) => boolean;
  try {
    matches = compileFilters(mapping.filters);
  } catch (error) {
    return refuse(`its filter ${(error as Error).message}`);
  }
  if (mapping.startingPosition === 'AT_TIMESTAMP')
    return refuse('DynamoDB streams take no AT_TIMESTAMP, on AWS as here');
  const source = dynamoDbStream({ ...options, mapping, dynamodb, region: options.account.region });
  const context = { ...options, mapping, subject: source.subject, function: reference, notice };
  return startMappingPoller(context, source, matches);
};
