import { derivedId } from '../../derived-ids.ts';

/** A deployment's id follows what it snapshots, so that a change of the definition is a new deployment. */
export const deploymentId = (apiId: string, ordinal: number, definition: unknown): string =>
  derivedId(6, 'deployment', apiId, String(ordinal), JSON.stringify(definition, meaning));

/** Lines may move, and the keys of a map may change places, without a change of meaning. */
const meaning = (key: string, value: unknown): unknown => {
  if (key === 'place') return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
};
