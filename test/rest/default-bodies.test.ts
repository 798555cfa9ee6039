import { expect, test } from 'vitest';
import { type GatewayResponseType, RestError } from '#gateway/rest/gateway-response.ts';
import { fakeServices, headersOf, textOf } from '../integrations/fake-services.ts';
import { integrationOf, methodOf, send } from './rest-apis.ts';

/** Lets a phase of the execution throw an error of this type. */
const raise = (type: GatewayResponseType) => {
  const services = fakeServices(() => {
    throw new RestError(type, { reason: 'test' });
  });
  return send(services, { '/a': ['POST'] }, { method: 'POST', url: '/dev/a' });
};

const rows: readonly (readonly [GatewayResponseType, number, string, string])[] = [
  ['ACCESS_DENIED', 403, 'AccessDeniedException', '{"Message": "User is not authorized to access this resource"}'],
  ['API_CONFIGURATION_ERROR', 500, 'InternalServerErrorException', '{"message": "Internal server error"}'],
  ['AUTHORIZER_CONFIGURATION_ERROR', 500, 'AuthorizerConfigurationException', '{"message": null}'],
  ['AUTHORIZER_FAILURE', 500, 'AuthorizerFailureException', '{"message": "Internal server error"}'],
  ['BAD_REQUEST_BODY', 400, 'BadRequestException', '{"message": "Invalid request body"}'],
  [
    'EXPIRED_TOKEN',
    403,
    'ExpiredTokenException',
    '{"message": "The security token included in the request is expired"}',
  ],
  [
    'INTEGRATION_FAILURE',
    504,
    'InternalServerErrorException',
    '{"message": "Network error communicating with endpoint"}',
  ],
  ['INTEGRATION_TIMEOUT', 504, 'InternalServerErrorException', '{"message": "Endpoint request timed out"}'],
  ['INVALID_API_KEY', 403, 'ForbiddenException', '{"message": "Forbidden"}'],
  [
    'MISSING_AUTHENTICATION_TOKEN',
    403,
    'MissingAuthenticationTokenException',
    '{"message": "Missing Authentication Token"}',
  ],
  ['QUOTA_EXCEEDED', 429, 'LimitExceededException', '{"message": "Limit Exceeded"}'],
  ['RESOURCE_NOT_FOUND', 404, 'ResourceNotFoundException', '{"message": "Not Found"}'],
  ['THROTTLED', 429, 'TooManyRequestsException', '{"message": "Too Many Requests"}'],
  ['UNAUTHORIZED', 401, 'UnauthorizedException', '{"message": "Unauthorized"}'],
  ['UNSUPPORTED_MEDIA_TYPE', 415, 'BadRequestException', '{"message": "Unsupported Media Type"}'],
  ['WAF_FILTERED', 403, 'ForbiddenException', '{"message": "Forbidden"}'],
];

test.each(rows)('%s is a %i, %s', async (type, status, errorType, body) => {
  const response = await raise(type);
  expect([response.status, textOf(response)]).toEqual([status, body]);
  const headers = headersOf(response);
  expect(headers.get('x-amzn-errortype')).toBe(errorType);
  expect(headers.get('content-type')).toBe('application/json');
  expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('x-amz-apigw-id')).toMatch(/^[\w-]{15}=$/);
});

test('recorded lengths: compact before the execution, a space after the colon within it', async () => {
  const length = async (method: string, url: string) => {
    const post = methodOf('POST', { integration: integrationOf({ httpMethod: 'GET' }) });
    return textOf(await send(fakeServices(), { '/a': [post] }, { method, url })).length;
  };
  expect(await length('GET', '/')).toBe(23);
  expect(await length('GET', '/dev/none')).toBe(42);
  expect(await length('POST', '/dev/a')).toBe(36);
  expect(textOf(await raise('INTEGRATION_TIMEOUT')).length).toBe(41);
  expect(textOf(await raise('BAD_REQUEST_BODY')).length).toBe(35);
});
