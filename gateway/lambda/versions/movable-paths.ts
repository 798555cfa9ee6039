import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { FunctionPins } from './function-pins.ts';

type Place = (path: string) => string;

/**
 * How paths are written into a data directory: those below it, or below the project that it lies in (`.gavel/<stack>`),
 * relative to it, so that a project that is moved or renamed takes its versions along.
 */
export const movablePaths = (directory: string): { readonly read: Place; readonly write: Place } => {
  const above = dirname(directory);
  const home = basename(above) === '.gavel' ? dirname(above) : directory;
  return {
    read: (path) => (isAbsolute(path) ? path : join(directory, path)),
    write: (path) => (path.startsWith(home + sep) ? relative(directory, path).replaceAll(sep, '/') : path),
  };
};

/** Pins whose versions lie where `place` says. */
export const withPaths = (pins: FunctionPins, place: Place): FunctionPins => ({
  ...pins,
  versions: Object.fromEntries(
    Object.entries(pins.versions).map(([version, held]) => {
      const { code, layers } = held.content;
      const resolveFrom = code.resolveFrom === null ? null : place(code.resolveFrom);
      const content = {
        ...held.content,
        code: { ...code, taskRoot: place(code.taskRoot), resolveFrom },
        layers: layers.map((layer) => ({ ...layer, dir: place(layer.dir) })),
      };
      return [version, { ...held, content }];
    }),
  ),
});
