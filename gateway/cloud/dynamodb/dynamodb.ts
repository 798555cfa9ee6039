import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Table } from '../../model/table.ts';
import type { Observer } from '../../observe/observer.ts';
import { GavelError } from '../../problem.ts';
import { createDynamoDbClient, type DynamoDbClient } from './client.ts';
import { type Engine, type EngineOptions, startEngine } from './engine.ts';
import { bringUpTables } from './tables.ts';
import { type Expirations, startTimeToLive } from './time-to-live.ts';

export type DynamoDbOptions = {
  readonly tables: readonly Table[];
  /** null: in memory. */
  readonly dataDirectory: string | null;
  /** AWS_ENDPOINT_URL_DYNAMODB: then no engine is started. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly clock: Clock;
  readonly observer: Observer;
  /** Tables to drop and create anew. */
  readonly reset: readonly string[] | 'all' | 'none';
};

export type DynamoDb = {
  readonly endpoint: string;
  /** `call('PutItem', { … })`, with DynamoDB's own JSON. */
  call<T>(action: string, input: unknown): Promise<T>;
  callStreams<T>(action: string, input: unknown): Promise<T>;
  stop(): Promise<void>;
  /** Makes what a reload's tables ask for, under the same rules as a start; returns the names of those it created. */
  replace(tables: readonly Table[]): Promise<readonly string[]>;
  /** The tables that this start created: the demo's data belong there. */
  readonly created: readonly string[];
  readonly expirations: Expirations;
  /** True for the engine that comes with the gateway, false for an endpoint. */
  readonly embedded: boolean;
};

/** Any credentials will do for a local engine; those of the environment matter when the endpoint is AWS. */
const credentials = () => ({
  accessKeyId: process.env.AWS_ACCESS_KEY_ID ?? 'local',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY ?? 'local',
  sessionToken: process.env.AWS_SESSION_TOKEN ?? null,
});

export const startDynamoDb = async (options: DynamoDbOptions): Promise<DynamoDb> => {
  const { clock, observer, region } = options;
  let { tables } = options;
  refuseUnknownReset(options);
  const notice = (level: 'info' | 'warning' | 'error', text: string): void =>
    observer.emit({ kind: 'notice', at: clock.now(), level, text });

  const restarted = (): void => {
    if (options.dataDirectory !== null) return;
    notice('error', 'the embedded DynamoDB was in memory: its data are lost, and its tables are made anew');
    bringUpTables(client, tables, 'none', notice).catch((error: Error) => notice('error', error.message));
  };
  const engine = options.endpoint ? null : await startEmbedded(options, { notice, restarted });
  const endpoint = options.endpoint ?? engine!.endpoint;
  const client = createDynamoDbClient(endpoint, region, credentials());
  try {
    const created = await reachable(endpoint, () => bringUpTables(client, tables, options.reset, notice));
    // Every replacement sweeps for itself.
    const timeToLive = startTimeToLive({ client, tables: () => (engine ? tables : []), clock, notice });
    return {
      endpoint,
      call: client.call,
      callStreams: client.callStreams,
      created,
      async replace(next) {
        const createdNow = await bringUpTables(client, next, 'none', notice);
        tables = next;
        return createdNow;
      },
      expirations: timeToLive.expirations,
      embedded: engine !== null,
      async stop() {
        await timeToLive.stop();
        await close(client, engine);
      },
    };
  } catch (error) {
    await close(client, engine);
    throw error;
  }
};

const close = async (client: DynamoDbClient, engine: Engine | null): Promise<void> => {
  client.close();
  await engine?.stop();
};

const startEmbedded = (options: DynamoDbOptions, listener: Omit<EngineOptions, 'file'>): Promise<Engine> => {
  const file = options.dataDirectory === null ? null : join(options.dataDirectory, 'dynamodb.sqlite');
  if (file && options.reset === 'all') for (const part of ['', '-wal', '-shm']) rmSync(file + part, { force: true });
  return startEngine({ file, ...listener });
};

const refuseUnknownReset = ({ reset, tables }: DynamoDbOptions): void => {
  if (typeof reset === 'string') return;
  const names = tables.map((table) => table.name);
  const unknown = reset.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new GavelError({
      what: `--reset names a table that the template does not have: ${unknown.join(', ')}`,
      place: null,
      remedy: `Its tables: ${names.join(', ') || 'none'}`,
    });
  }
};

const reachable = async <T>(endpoint: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== 'ECONNREFUSED' && code !== 'ENOTFOUND' && code !== 'ECONNRESET' && code !== 'ETIMEDOUT') throw error;
    throw new GavelError({
      what: `no DynamoDB answers at ${endpoint} (${code})`,
      place: null,
      remedy: 'Start it, or unset AWS_ENDPOINT_URL_DYNAMODB to use the embedded one',
    });
  }
};
