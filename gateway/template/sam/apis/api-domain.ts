import type { Resource } from '../../resource.ts';
import { entry, isFalse, isMap, type Plain, type PlainMap } from '../../text/plain.ts';
import { type Expansion, make, pick, ref } from '../expansion.ts';
import { basePathsOf, domainOf, hashOf, makeRecords, mutualTls } from './domain-records.ts';

/** The custom domain of a REST API: its name, what is mapped to it, its DNS records. A private one has types of its own. */
export const expandApiDomain = (resource: Resource, expansion: Expansion): void => {
  const found = domainOf(resource, ['EDGE', 'REGIONAL', 'PRIVATE'], expansion);
  if (!found) return;
  const { domain, name, certificate, endpoint } = found;
  const { logicalId } = resource;
  const isPrivate = endpoint === 'PRIVATE';
  const version = isPrivate ? 'V2' : '';
  const domainId = `ApiGatewayDomainName${version}${hashOf(name)}`;
  make(expansion, resource, domainId, `AWS::ApiGateway::DomainName${version}`, {
    DomainName: name,
    [endpoint === 'REGIONAL' ? 'RegionalCertificateArn' : 'CertificateArn']: certificate,
    EndpointConfiguration: { Types: [endpoint], ...pick(domain, 'IpAddressType') },
    MutualTlsAuthentication: isPrivate ? undefined : mutualTls(domain, resource, expansion),
    ...pick(domain, 'SecurityPolicy', 'EndpointAccessMode', 'Policy', 'OwnershipVerificationCertificateArn'),
  });
  const map = (mappingId: string, path?: string): void =>
    make(expansion, resource, mappingId, `AWS::ApiGateway::BasePathMapping${version}`, {
      [isPrivate ? 'DomainNameArn' : 'DomainName']: ref(domainId),
      RestApiId: ref(logicalId),
      Stage: ref(`${logicalId}.Stage`),
      BasePath: path,
    });
  const paths = basePathsOf(domain);
  if (paths === null) map(`${logicalId}BasePathMapping`);
  for (const path of paths ?? []) {
    const plain = path.replace(/[^A-Za-z0-9]/g, '');
    map(`${logicalId}${plain}BasePathMapping`, isFalse(entry(domain, 'NormalizeBasePath')) ? path : plain);
  }
  if (isPrivate) associate(resource, domain, domainId, expansion);
  makeRecords(resource, domain, endpoint, domainId, expansion);
};

const associate = (resource: Resource, domain: PlainMap, domainId: string, expansion: Expansion): void => {
  const association = entry(domain, 'AccessAssociation') ?? null;
  if (!isMap(association)) return;
  const endpoint: Plain = entry(association, 'VpcEndpointId') ?? null;
  make(
    expansion,
    resource,
    `DomainNameAccessAssociation${hashOf([endpoint, domainId])}`,
    'AWS::ApiGateway::DomainNameAccessAssociation',
    { DomainNameArn: ref(domainId), AccessAssociationSourceType: 'VPCE', AccessAssociationSource: endpoint },
  );
};
