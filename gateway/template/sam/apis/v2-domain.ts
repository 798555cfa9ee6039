import type { Resource } from '../../resource.ts';
import { placeOf } from '../../text/positions.ts';
import { type Expansion, make, pick, ref } from '../expansion.ts';
import { basePathsOf, domainOf, hashOf, makeRecords, mutualTls } from './domain-records.ts';

/** The custom domain of an HTTP or a WebSocket API, which is always a regional one. */
export const expandV2Domain = (resource: Resource, kind: 'httpapi' | 'websocketapi', expansion: Expansion): void => {
  const found = domainOf(resource, ['REGIONAL'], expansion);
  if (!found) return;
  const { domain, name, certificate, endpoint } = found;
  const { logicalId, place } = resource;
  const tls = mutualTls(domain, resource, expansion);
  if (tls && kind === 'websocketapi') {
    expansion.problems.add(
      `The Domain of ${logicalId} asks for mutual TLS.`,
      placeOf(domain, 'MutualTlsAuthentication') ?? place,
      'WebSocket APIs have none: leave it out.',
    );
  }
  const domainId = `ApiGatewayDomainNameV2${hashOf(name)}`;
  make(expansion, resource, domainId, 'AWS::ApiGatewayV2::DomainName', {
    DomainName: name,
    DomainNameConfigurations: [
      {
        CertificateArn: certificate,
        EndpointType: endpoint,
        ...pick(domain, 'OwnershipVerificationCertificateArn', 'SecurityPolicy'),
      },
    ],
    MutualTlsAuthentication: tls,
    Tags: { [`${kind}:createdBy`]: 'SAM' },
  });
  const map = (mappingId: string, path?: string): void =>
    make(expansion, resource, mappingId, 'AWS::ApiGatewayV2::ApiMapping', {
      DomainName: ref(domainId),
      ApiId: ref(logicalId),
      Stage: ref(`${logicalId}.Stage`),
      ApiMappingKey: path,
    });
  const paths = basePathsOf(domain);
  if (paths === null) map(`${logicalId}ApiMapping`);
  for (const path of paths ?? []) {
    if (/[^0-9A-Za-z/_-]/.test(path)) {
      expansion.problems.add(
        `The BasePath ${path} of ${logicalId} has characters that SAM does not take.`,
        placeOf(domain, 'BasePath') ?? place,
        'It takes letters, digits, slashes, hyphens and underscores.',
      );
      continue;
    }
    map(`${logicalId}${path.replace(/[-_/]/g, '')}ApiMapping`, path.replace(/^\/+|\/+$/g, ''));
  }
  makeRecords(resource, domain, endpoint, domainId, expansion);
};
