import { join } from 'node:path';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import type { AwsRoute, LayerMount } from '../environments/environment-spec.ts';

/** Paths within Lambda's own image, which lead nowhere on this machine. */
const ofTheImage = ['PATH', 'LD_LIBRARY_PATH', 'NODE_PATH'];

/** What Lambda sets, without what holds for its image alone, and with the places of layers that no `/opt` shows here. */
export const commandVariables = (
  variables: Readonly<Record<string, string>>,
  fn: LambdaFunction,
  layers: readonly LayerMount[],
): Readonly<Record<string, string>> => {
  const kept = Object.entries(variables).filter(([name]) => !ofTheImage.includes(name) || name in fn.environment);
  const places = layers.toReversed().map(({ dir }) => dir);
  if (places.length === 0) return Object.fromEntries(kept);
  const version = /^python(.*)/.exec(fn.runtime)?.[1];
  const packages = places.flatMap((dir) => [
    join(dir, 'python'),
    join(dir, 'python', 'lib', `python${version}`, 'site-packages'),
  ]);
  const own = fn.environment.PYTHONPATH;
  const separator = process.platform === 'win32' ? ';' : ':';
  return {
    ...Object.fromEntries(kept),
    ...(version !== undefined && { PYTHONPATH: [...(own ? [own] : []), ...packages].join(separator) }),
  };
};

/** What a process needs of this machine to run at all. */
export const machineVariables = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    ['PATH', 'HOME', 'SystemRoot', 'USERPROFILE', 'PATHEXT']
      .filter((name) => process.env[name] !== undefined)
      .map((name) => [name, process.env[name]]),
  );

/** Services that the SDKs of every language look for under `AWS_ENDPOINT_URL_…`, with the name of their host. */
const services: Readonly<Record<string, string>> = {
  DYNAMODB: 'dynamodb',
  DYNAMODB_STREAMS: 'streams.dynamodb',
  EVENTBRIDGE: 'events',
  LAMBDA: 'lambda',
  S3: 's3',
  SCHEDULER: 'scheduler',
  SECRETS_MANAGER: 'secretsmanager',
  SFN: 'states',
  SNS: 'sns',
  SQS: 'sqs',
  SSM: 'ssm',
  STS: 'sts',
};

/**
 * Leads the calls of SDKs in any language to what stands for the services here, and all others to `refusal`, where they
 * are told so; null lets them reach AWS.
 */
export const endpointVariables = (
  routes: readonly AwsRoute[],
  region: string,
  refusal: string | null,
): Readonly<Record<string, string>> => {
  const found: Record<string, string> = refusal === null ? {} : { AWS_ENDPOINT_URL: refusal };
  for (const [name, host] of Object.entries(services)) {
    const route = routes.find(({ hostPattern }) => matches(hostPattern, `${host}.${region}.amazonaws.com`));
    if (route) found[`AWS_ENDPOINT_URL_${name}`] = route.origin;
  }
  return found;
};

const matches = (pattern: string, host: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  ).test(host);
