import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { appendFile, truncate } from 'node:fs/promises';
import { replaceFile } from '../../cloud/atomic-file.ts';
import type { AcceptedEvent } from './event.ts';

/** Remembers the events that are accepted and not done with. */
export type Journal = {
  /** Whether it outlives this process. */
  readonly persists: boolean;
  /** The events of an earlier run, in order of their arrival. */
  readonly left: readonly AcceptedEvent[];
  /** A new event, or one that has changed. Resolves when it will outlive this process. */
  keep(event: AcceptedEvent): Promise<void>;
  done(requestId: string): void;
  flush(): Promise<void>;
};

export const journalInMemory = (): Journal => ({
  persists: false,
  left: [],
  async keep() {},
  done() {},
  async flush() {},
});

type Line = { readonly keep: AcceptedEvent } | { readonly done: string };

/** Below this a journal that never runs empty is not written anew. */
const longBytes = 16 * 1024 * 1024;

/**
 * A line for each change, in one write for those of a moment; emptied whenever nothing is left, and written anew where
 * most of it is about events that are done with.
 */
export const journalFile = (file: string): Journal => {
  const left = load(file);
  const open = new Map(left.map((event) => [event.requestId, event]));
  let lines: string[] = [];
  let writing: Promise<void> | null = null;
  let failure: Error | null = null;
  let bytes = 0;
  let anewAt = longBytes;

  const append = async (text: string): Promise<void> => {
    bytes += Buffer.byteLength(text);
    try {
      await appendFile(file, text);
    } catch (error) {
      // Half a line may stand at the end of a disk that was full, which must not swallow the next one.
      lines.unshift('\n');
      throw error;
    }
  };
  const writeAnew = async (): Promise<void> => {
    const text = [...open.values()].map(keepLine).join('');
    await replaceFile(file, text);
    bytes = Buffer.byteLength(text);
    anewAt = Math.max(longBytes, bytes * 2);
  };
  const write = async (): Promise<void> => {
    while (lines.length > 0) {
      const text = lines.join('');
      lines = [];
      if (open.size === 0) {
        bytes = 0;
        await truncate(file, 0).catch(() => {});
      } else if (bytes > anewAt) await writeAnew();
      else await append(text);
    }
  };
  const flush = async (): Promise<void> => {
    writing ??= write().finally(() => {
      writing = null;
    });
    await writing;
    // What came while the last write was under way was taken along by it, unless it had just ended.
    if (lines.length > 0) await flush();
  };
  const close = (requestId: string): void => {
    open.delete(requestId);
    lines.push(`${JSON.stringify({ done: requestId } satisfies Line)}\n`);
  };

  return {
    persists: true,
    left,
    async keep(event) {
      const isNew = !open.has(event.requestId);
      open.set(event.requestId, event);
      lines.push(keepLine(event));
      try {
        await flush();
      } catch (error) {
        // Whoever sent it is told that it was not accepted, so that it must not come up later.
        if (isNew) close(event.requestId);
        throw error;
      }
    },
    done(requestId) {
      close(requestId);
      // A full disk must not end the gateway: an event that is delivered twice is the worst that comes of it.
      flush().catch((error: Error) => {
        failure = error;
      });
    },
    async flush() {
      await flush();
      if (failure) throw failure;
    },
  };
};

const keepLine = (event: AcceptedEvent): string => `${JSON.stringify({ keep: event } satisfies Line)}\n`;

/** Reads what is left and writes that anew, as a crash may have left half a line at the end. */
const load = (file: string): readonly AcceptedEvent[] => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return [];
  }
  const events = new Map<string, AcceptedEvent>();
  for (const line of text.split('\n')) {
    const change = parse(line);
    if (change && 'keep' in change) events.set(change.keep.requestId, change.keep);
    else if (change) events.delete(change.done);
  }
  const left = [...events.values()];
  if (text !== '') {
    writeFileSync(`${file}.next`, left.map(keepLine).join(''));
    renameSync(`${file}.next`, file);
  }
  return left;
};

const parse = (line: string): Line | null => {
  try {
    return line.startsWith('{') ? (JSON.parse(line) as Line) : null;
  } catch {
    return null;
  }
};
