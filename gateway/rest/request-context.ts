import { requestTime } from '../mapping/request-time.ts';
import type { RestContext } from './context.ts';

/**
 * `requestContext` of a proxy event, which is also what `$context` shows. Only for a request whose deployment is known;
 * one that no resource matches has no resource to show.
 */
export const requestContext = (context: RestContext) => {
  const { services, variant, identity, target } = context;
  const userAgent = context.headers.get('user-agent')?.values[0] ?? null;
  return {
    resourceId: target?.resourceId,
    resourcePath: target?.resourcePath,
    httpMethod: context.method,
    extendedRequestId: context.extendedRequestId,
    requestTime: requestTime(context.receivedAt),
    path: context.contextPath,
    accountId: services.account.id,
    protocol: 'HTTP/1.1',
    stage: context.stage!.model.name,
    domainPrefix: context.host.domainPrefix,
    requestTimeEpoch: context.receivedAt,
    requestId: context.requestId,
    identity: {
      cognitoIdentityPoolId: null,
      accountId: identity?.accountId ?? null,
      cognitoIdentityId: null,
      caller: identity?.userId ?? null,
      sourceIp: context.request.sourceIp,
      principalOrgId: null,
      accessKey: identity?.accessKeyId ?? null,
      cognitoAuthenticationType: null,
      cognitoAuthenticationProvider: null,
      userArn: identity?.userArn ?? null,
      userAgent,
      user: identity?.userId ?? null,
    },
    domainName: context.host.domainName,
    deploymentId: variant!.deploymentId,
    apiId: context.api.model.id,
    isCanaryRequest: variant!.isCanaryRequest ?? undefined,
  };
};
