import { createHash } from 'node:crypto';
import type { Resource } from '../../resource.ts';
import { entry, isMap, isTrue, mapAt, type Plain, type PlainMap } from '../../text/plain.ts';
import { copyPlace, placeOf } from '../../text/positions.ts';
import { type Expansion, getAtt, make, pick } from '../expansion.ts';

/** The hash that SAM ends a logical id with. */
export const hashOf = (value: Plain): string =>
  createHash('sha1')
    .update(typeof value === 'string' ? value : JSON.stringify(sorted(value)))
    .digest('hex')
    .slice(0, 10);

const sorted = (value: Plain): Plain => {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
};

/** What every `Domain` needs; null after a problem was added. */
export const domainOf = (
  { logicalId, properties, place }: Resource,
  endpoints: readonly string[],
  expansion: Expansion,
): {
  readonly domain: PlainMap;
  readonly name: Plain;
  readonly certificate: Plain;
  readonly endpoint: string;
} | null => {
  const domain = entry(properties, 'Domain');
  if (domain === undefined || domain === null) return null;
  const at = placeOf(properties, 'Domain') ?? place;
  if (!isMap(domain)) {
    expansion.problems.add(`The Domain of ${logicalId} must be a map.`, at, 'Give it DomainName and CertificateArn.');
    return null;
  }
  const name = entry(domain, 'DomainName');
  const certificate = entry(domain, 'CertificateArn');
  if (name === undefined || certificate === undefined) {
    const missing = name === undefined ? 'DomainName' : 'CertificateArn';
    expansion.problems.add(`The Domain of ${logicalId} has no ${missing}.`, at, `Give it a ${missing}.`);
    return null;
  }
  const endpoint = String(entry(domain, 'EndpointConfiguration') ?? 'REGIONAL');
  if (!endpoints.includes(endpoint)) {
    expansion.problems.add(
      `The Domain of ${logicalId} has the EndpointConfiguration ${endpoint}.`,
      placeOf(domain, 'EndpointConfiguration') ?? at,
      `It can be ${endpoints.join(', ')}.`,
    );
    return null;
  }
  return { domain, name, certificate, endpoint };
};

/** `MutualTlsAuthentication`, of which SAM takes two members. */
export const mutualTls = (
  domain: PlainMap,
  { logicalId, place }: Resource,
  expansion: Expansion,
): PlainMap | undefined => {
  const given = mapAt(domain, 'MutualTlsAuthentication');
  for (const key of Object.keys(given)) {
    if (key === 'TruststoreUri' || key === 'TruststoreVersion') continue;
    expansion.problems.add(
      `${key} is no member of MutualTlsAuthentication of ${logicalId}.`,
      placeOf(given, key) ?? place,
      'It can have TruststoreUri and TruststoreVersion.',
    );
  }
  return Object.keys(given).length === 0 ? undefined : pick(given, 'TruststoreUri', 'TruststoreVersion');
};

/** The records that lead a domain's name to API Gateway; domains of one hosted zone share a group. */
export const makeRecords = (
  resource: Resource,
  domain: PlainMap,
  endpoint: string,
  target: string,
  expansion: Expansion,
): void => {
  const route53 = entry(domain, 'Route53');
  if (route53 === undefined || route53 === null || !isMap(route53)) return;
  const zone = entry(route53, 'HostedZoneId') ?? entry(route53, 'HostedZoneName');
  if (zone === undefined) {
    expansion.problems.add(
      `Route53 of ${resource.logicalId} names no hosted zone.`,
      placeOf(domain, 'Route53') ?? resource.place,
      'Give it a HostedZoneId or a HostedZoneName.',
    );
    return;
  }
  const records = ['A', ...(isTrue(entry(route53, 'IpV6')) ? ['AAAA'] : [])].map(
    (type): PlainMap => ({
      Name: domain.DomainName!,
      Type: type,
      AliasTarget: { ...pick(route53, 'EvaluateTargetHealth'), ...aliasTarget(route53, endpoint, target) },
      ...pick(route53, 'Region', 'SetIdentifier'),
    }),
  );
  const alone = isTrue(entry(route53, 'SeparateRecordSetGroup'));
  const logicalId = `RecordSetGroup${alone ? hashOf([zone, domain.DomainName!]) : hashOf(zone)}`;
  const shared = alone ? undefined : expansion.resources.get(logicalId);
  if (shared) (shared.properties.RecordSets as Plain[]).push(...records);
  else {
    make(expansion, resource, logicalId, 'AWS::Route53::RecordSetGroup', {
      ...pick(route53, 'HostedZoneId', 'HostedZoneName'),
      RecordSets: copyPlace(route53, [...records]),
    });
  }
};

/** CloudFront's hosted zone is the same for everybody. */
const cloudFrontZone = 'Z2FDTNDATAQYW2';

const aliasTarget = (route53: PlainMap, endpoint: string, target: string): Record<string, Plain> => {
  if (endpoint === 'REGIONAL')
    return { HostedZoneId: getAtt(target, 'RegionalHostedZoneId'), DNSName: getAtt(target, 'RegionalDomainName') };
  if (endpoint === 'EDGE') {
    const name = entry(route53, 'DistributionDomainName') ?? getAtt(target, 'DistributionDomainName');
    return { HostedZoneId: cloudFrontZone, DNSName: name };
  }
  const { VpcEndpointHostedZoneId: zone, VpcEndpointDomainName: name } = route53;
  return { ...(zone === undefined ? {} : { HostedZoneId: zone }), ...(name === undefined ? {} : { DNSName: name }) };
};

export const basePathsOf = (domain: PlainMap): readonly string[] | null => {
  const given = entry(domain, 'BasePath');
  if (typeof given === 'string' && given !== '') return [given];
  return Array.isArray(given) && given.length > 0 ? given.map(String) : null;
};
