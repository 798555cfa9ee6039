import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { replaceFile } from '../../cloud/atomic-file.ts';
import { GavelError } from '../../problem.ts';
import { type FunctionPins, noPins } from './function-pins.ts';
import { movablePaths, withPaths } from './movable-paths.ts';

/** The pins of all functions, by function name. */
export type PinStore = {
  names(): readonly string[];
  get(functionName: string): FunctionPins;
  /** Resolves when they will outlive this process. */
  set(functionName: string, pins: FunctionPins): Promise<void>;
};

export const pinsInMemory = (): PinStore => {
  const pins = new Map<string, FunctionPins>();
  return {
    names: () => [...pins.keys()],
    get: (name) => pins.get(name) ?? noPins,
    set: async (name, value) => void pins.set(name, value),
  };
};

export const pinFile = (file: string): PinStore => {
  const paths = movablePaths(dirname(file));
  const pins = new Map(Object.entries(load(file)).map(([name, value]) => [name, withPaths(value, paths.read)]));
  let writing: Promise<void> = Promise.resolve();
  return {
    names: () => [...pins.keys()],
    get: (name) => pins.get(name) ?? noPins,
    set(name, value) {
      pins.set(name, value);
      const written = writing
        .catch(() => {})
        .then(() => {
          const written = [...pins].map(([name, value]) => [name, withPaths(value, paths.write)] as const);
          return replaceFile(file, `${JSON.stringify(Object.fromEntries(written), null, 2)}\n`);
        });
      writing = written;
      return written;
    },
  };
};

const load = (file: string): Record<string, FunctionPins> => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {};
  }
  try {
    return JSON.parse(text) as Record<string, FunctionPins>;
  } catch (error) {
    throw new GavelError({
      what: `${file} cannot be read: ${(error as Error).message}`,
      place: null,
      remedy: 'Mend it, or remove it: versions that were published and aliases that were moved are then forgotten.',
    });
  }
};
