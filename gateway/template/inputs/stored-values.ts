import { entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import type { Values } from './values-file.ts';

/** Every template that CDK makes reads the version of its bootstrap stack; the newest known one stands for it. */
const bootstrapVersion = '30';
export const isBootstrapVersion = (name: string): boolean => /^\/cdk-bootstrap\/[^/]+\/version$/.test(name);

/** A value of Parameter Store. A version has a name of its own, `name:version`, where it differs from the newest. */
export const parameterOf = (values: Values, name: string, version = ''): Plain | undefined =>
  (version === '' ? undefined : entry(values.ssm, `${name}:${version}`)) ??
  entry(values.ssm, name) ??
  (isBootstrapVersion(name) ? bootstrapVersion : undefined);

/**
 * A secret, or one of its keys, as text; null where the secret is there and has no such key. A stage or version other than
 * the current one has a name of its own, `name:version`, where it differs. The file has the word over what a stack makes.
 */
export const secretOf = (
  values: Values,
  made: (id: string) => string | undefined,
  id: string,
  key: string,
  version: string,
): string | null | undefined => {
  const names = [id, nameInArn(id), nameInArn(id).replace(/-[A-Za-z0-9]{6}$/, '')];
  const marked = version === '' || version === 'AWSCURRENT' ? [] : names.map((name) => `${name}:${version}`);
  const given = [...marked, ...names].map((name) => entry(values.secretsmanager, name)).find((it) => it !== undefined);
  const found = given ?? made(id);
  if (found === undefined) return undefined;
  if (key === '') return isMap(found) ? JSON.stringify(found) : String(found);
  const value = entry(isMap(found) ? found : mapIn(String(found)), key);
  if (value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const nameInArn = (id: string): string => /^arn:[^:]+:secretsmanager:[^:]*:[^:]*:secret:(.+)$/.exec(id)?.[1] ?? id;

const mapIn = (text: string): PlainMap => {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
};
