import { derivedId } from '../../derived-ids.ts';
import type { Stack } from '../stack.ts';
import { entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';

/**
 * What a secret holds that one of the stacks makes itself, called by its ARN or name; undefined where none makes it. What
 * Secrets Manager would make up stays the same here from start to start.
 */
export const madeSecret = (stacks: readonly Stack[], id: string): string | undefined => {
  for (const stack of stacks) {
    for (const { type, logicalId, properties } of stack.resources.values()) {
      if (type !== 'AWS::SecretsManager::Secret') continue;
      const secretArn = String(stack.evaluate({ Ref: logicalId }));
      if (id !== secretArn && id !== nameIn(secretArn)) continue;
      const written = entry(properties, 'SecretString');
      if (written !== undefined) return textOf(stack.evaluate(written));
      const generate = stack.evaluate(entry(properties, 'GenerateSecretString') ?? {});
      return generated(isMap(generate) ? generate : {}, derivedId(32, 'secret', stack.target.stackName, logicalId));
    }
  }
  return undefined;
};

const nameIn = (secretArn: string): string => secretArn.replace(/^.*:secret:/, '').replace(/-[^-]*$/, '');

const generated = (generate: PlainMap, password: string): string => {
  const { SecretStringTemplate: template, GenerateStringKey: key } = generate;
  if (typeof template !== 'string' || typeof key !== 'string') return password;
  try {
    return JSON.stringify({ ...JSON.parse(template), [key]: password });
  } catch {
    return JSON.stringify({ [key]: password });
  }
};

const textOf = (value: Plain): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
