import fs from 'node:fs';

type Write = (chunk: string | Uint8Array, encoding?: BufferEncoding) => unknown;
type Callback = (error: null, written: number, given: unknown) => void;

const devices: Readonly<Record<string, number>> = {
  '/dev/stdout': 1,
  '/dev/stderr': 2,
  '/dev/fd/1': 1,
  '/dev/fd/2': 2,
  '/proc/self/fd/1': 1,
  '/proc/self/fd/2': 2,
};

/**
 * Leads what is written straight to the descriptors of stdout and stderr, as swift loggers do, to where `process.stdout`
 * and `process.stderr` lead: the descriptors themselves are the whole host's.
 */
export const captureDescriptors = (outputs: Readonly<Record<number, Write>>): void => {
  const module = fs as unknown as Record<string, (...given: unknown[]) => unknown>;
  const outputOf = (target: unknown): Write | undefined =>
    typeof target === 'number'
      ? outputs[target]
      : typeof target === 'string'
        ? outputs[devices[target] ?? -1]
        : undefined;

  /** Writes, and tells how many bytes that were. */
  const put = (write: Write, given: readonly unknown[]): number => {
    const [data, second, third] = given;
    if (Array.isArray(data)) return data.reduce((total: number, part) => total + put(write, [part]), 0);
    if (typeof data === 'string') {
      const encoding = [third, second].find((value) => typeof value === 'string') as BufferEncoding | undefined;
      write(data, encoding);
      return Buffer.byteLength(data, encoding);
    }
    const bytes = data as Uint8Array;
    const range =
      typeof second === 'object' && second !== null ? (second as { offset?: number; length?: number }) : null;
    const offset = Number(range ? (range.offset ?? 0) : (second ?? 0));
    const length = Number((range ? range.length : third) ?? bytes.byteLength - offset);
    write(new Uint8Array(bytes.buffer, bytes.byteOffset + offset, length));
    return length;
  };

  for (const name of ['writeSync', 'writevSync', 'writeFileSync', 'appendFileSync']) {
    const original = module[name]!;
    module[name] = (target, ...given) => {
      const write = outputOf(target);
      return write ? put(write, given) : original(target, ...given);
    };
  }
  for (const name of ['write', 'writev', 'writeFile', 'appendFile']) {
    const original = module[name]!;
    const wrapped = (target: unknown, ...given: unknown[]): unknown => {
      const write = outputOf(target);
      if (!write) return original(target, ...given);
      const done = given.pop() as Callback;
      const written = put(write, given);
      process.nextTick(done, null, written, given[0]);
    };
    module[name] = Object.defineProperties(wrapped, Object.getOwnPropertyDescriptors(original)) as typeof original;
  }
};
