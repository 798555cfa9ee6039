import { derivedId } from '../../../derived-ids.ts';
import type { Resource } from '../../resource.ts';
import { describe, entry, isList, isMap, isTrue, type Plain, type PlainMap, textAt } from '../../text/plain.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, getAtt, make, pick, ref } from '../expansion.ts';
import { functionCode } from './function-code.ts';

/** The version and the alias that `AutoPublishAlias` asks for; the alias's logical id. */
export const expandAlias = (resource: Resource, expansion: Expansion): string | null => {
  const { logicalId, properties } = resource;
  const name = aliasName(resource, expansion);
  if (name === null) return null;
  const version = `${logicalId}Version${versionHash(properties, expansion)}`;
  make(expansion, resource, version, 'AWS::Lambda::Version', {
    FunctionName: ref(logicalId),
    Description: entry(properties, 'VersionDescription'),
    ...(entry(properties, 'CapacityProviderConfig') === undefined ? {} : pick(properties, 'FunctionScalingConfig')),
  });
  const alias = `${logicalId}Alias${name.replaceAll('-', 'D').replaceAll('_', 'U')}`;
  make(expansion, resource, alias, 'AWS::Lambda::Alias', {
    Name: name,
    FunctionName: ref(logicalId),
    FunctionVersion: getAtt(version, 'Version'),
    ...pick(properties, 'ProvisionedConcurrencyConfig'),
  });
  expansion.referable.set(`${logicalId}.Alias`, alias);
  expansion.referable.set(`${logicalId}.Version`, version);
  return alias;
};

const aliasName = ({ logicalId, properties, place }: Resource, expansion: Expansion): string | null => {
  const given = entry(properties, 'AutoPublishAlias') ?? null;
  if (given === null || given === '') return null;
  if (typeof given === 'string' && /^(?!\d+$)[A-Za-z0-9_-]+$/.test(given)) return given;
  expansion.problems.add(
    `AutoPublishAlias of ${logicalId} is ${typeof given === 'string' ? given : describe(given)}.`,
    placeOf(properties, 'AutoPublishAlias') ?? place,
    'Write a name of letters, digits, hyphens and underscores that is no number, or a Ref to a parameter.',
  );
  return null;
};

/** A new version has a new id: SAM hashes what is published, or takes the hash that is given. */
const versionHash = (properties: PlainMap, expansion: Expansion): string => {
  const given = textAt(properties, 'AutoPublishCodeSha256');
  if (given !== null) return given.slice(0, 10);
  const published: Plain = isTrue(entry(properties, 'AutoPublishAliasAllProperties'))
    ? [properties, ...publishingLayers(properties, expansion)]
    : [functionCode(properties), pick(properties, 'Environment', 'MemorySize', 'SnapStart')];
  return derivedId(10, JSON.stringify(published));
};

/** Layers of the template with `PublishLambdaVersion`: their changes count as the function's own. */
const publishingLayers = (properties: PlainMap, expansion: Expansion): readonly Plain[] => {
  const layers = entry(properties, 'Layers') ?? [];
  return (isList(layers) ? layers : []).flatMap((layer) => {
    const name = isMap(layer) ? textAt(layer, 'Ref') : null;
    const own = name === null ? undefined : expansion.source.get(name)?.properties;
    return own && isTrue(entry(own, 'PublishLambdaVersion')) ? [own] : [];
  });
};

/** The hash of `AutoPublishCodeSha256` stands in the function's description too, so that CloudFormation sees the change. */
export const describedWithHash = (properties: PlainMap): Plain | undefined => {
  const description = entry(properties, 'Description');
  const hash = textAt(properties, 'AutoPublishCodeSha256');
  if (hash === null || textAt(properties, 'AutoPublishAlias') === null) return description;
  if (description === undefined || description === '') return hash;
  return typeof description === 'string' ? `${description} ${hash}` : { 'Fn::Join': [' ', [description, hash]] };
};

/** What `EventInvokeConfig` and the like call the qualifier. */
export const qualifierOf = (properties: PlainMap): string => textAt(properties, 'AutoPublishAlias') ?? '$LATEST';
