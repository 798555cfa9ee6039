import type { Resource } from '../../resource.ts';
import { entry, isList, mapAt, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import type { Expansion } from '../expansion.ts';
import { methodKeys } from './api-auth.ts';

/**
 * `Auth: ResourcePolicy` of an API and of its events as one policy: the events' first, each list for the methods of its
 * path, custom statements as they are. What the definition says itself stands before them.
 */
export const resourcePolicy = (
  auth: PlainMap,
  paths: PlainMap,
  given: PlainMap,
  { logicalId, properties, written }: Resource,
  expansion: Expansion,
): PlainMap | undefined => {
  const stage = textAt(properties, 'StageName') ?? '*';
  const writtenStage = entry(written, 'StageName');
  // SAM does not resolve a stage's name for events: the word Stage stands for one that is not written plainly.
  const stageOfEvents = typeof writtenStage === 'string' ? writtenStage : 'Stage';
  const made: Plain[] = [];
  const events = expansion.apiEvents.get(logicalId) ?? [];
  for (const event of events) {
    const verbs = events.filter(({ path }) => path === event.path).map(({ method }) => method);
    const policy = mapAt(mapAt(event.properties, 'Auth'), 'ResourcePolicy');
    made.push(
      ...listed(policy, invocations(stageOfEvents, event.path, verbs)),
      ...listOf(entry(policy, 'CustomStatements')),
    );
  }
  const policy = mapAt(auth, 'ResourcePolicy');
  for (const path of Object.keys(paths)) {
    const verbs = Object.keys(mapAt(paths, path)).filter((key) => methodKeys.has(key));
    made.push(...listed(policy, invocations(stage, path, verbs)));
  }
  made.push(...listOf(entry(policy, 'CustomStatements')));
  if (made.length === 0) return undefined;
  const distinct = new Map([...listOf(entry(given, 'Statement')), ...made].map((item) => [JSON.stringify(item), item]));
  return { Version: '2012-10-17', Statement: [...distinct.values()] };
};

const invocations = (stage: string, path: string, verbs: readonly string[]): readonly string[] =>
  verbs.map((verb) => {
    const shown = verb === 'any' || verb === 'x-amazon-apigateway-any-method' ? '*' : verb.toUpperCase();
    return `execute-api:/${stage}/${shown}${path.replace(/\{[^}]*\}/g, '*')}`;
  });

/** SAM's lists. Whoever is on no list of who may come is denied; all others are let in, save those who are denied. */
const listed = (policy: PlainMap, resources: readonly string[]): Plain[] => {
  const statements: Plain[] = [];
  const statement = (effect: 'Allow' | 'Deny', principal: Plain, condition?: PlainMap): void => {
    statements.push({
      Effect: effect,
      Action: 'execute-api:Invoke',
      Resource: resources,
      Principal: principal,
      ...(condition ? { Condition: condition } : {}),
    });
  };
  const allBut = (condition: PlainMap): void => {
    statement('Allow', '*');
    statement('Deny', '*', condition);
  };
  for (const [key, effect] of [
    ['AwsAccountWhitelist', 'Allow'],
    ['AwsAccountBlacklist', 'Deny'],
  ] as const) {
    const accounts = listOf(entry(policy, key));
    if (accounts.length > 0) statement(effect, { AWS: accounts });
  }
  for (const [key, operator] of [
    ['IpRangeWhitelist', 'NotIpAddress'],
    ['IpRangeBlacklist', 'IpAddress'],
  ] as const) {
    const ranges = listOf(entry(policy, key));
    if (ranges.length > 0) allBut({ [operator]: { 'aws:SourceIp': ranges } });
  }
  for (const [kind, operator] of [
    ['Blacklist', 'StringEquals'],
    ['Whitelist', 'StringNotEquals'],
  ] as const) {
    const sources = listOf(entry(policy, `SourceVpc${kind}`));
    const starting = (prefix: string): Plain[] => sources.filter((source) => String(source).startsWith(prefix));
    const vpcs = [...starting('vpc-'), ...listOf(entry(policy, `IntrinsicVpc${kind}`))];
    const endpoints = [...starting('vpce-'), ...listOf(entry(policy, `IntrinsicVpce${kind}`))];
    const condition = {
      ...(vpcs.length > 0 ? { 'aws:SourceVpc': vpcs } : {}),
      ...(endpoints.length > 0 ? { 'aws:SourceVpce': endpoints } : {}),
    };
    if (Object.keys(condition).length > 0) allBut({ [operator]: condition });
  }
  return statements;
};

const listOf = (value: Plain | undefined): readonly Plain[] =>
  value === undefined || value === null ? [] : isList(value) ? value : [value];
