import { createHash } from 'node:crypto';

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Ten lower-case letters and digits that stay the same across restarts: API ids, resource ids, deployment ids. */
export const derivedId = (length: number, ...parts: readonly string[]): string => {
  const digest = createHash('sha256').update(parts.join('\0')).digest();
  let id = letters[digest[0]! % 26]!;
  for (let i = 1; i < length; i++) id += letters[digest[i]! % 36]!;
  return id;
};

/** An API's id, from its stack and its logical id. */
export const apiId = (stackName: string, logicalId: string): string => derivedId(10, 'api', stackName, logicalId);
