import type { GatewayResponse } from '../../model/rest-api.ts';
import { didYouMean } from '../problems.ts';
import type { Reader } from '../reader.ts';
import { mappingRemedy, oddMapping } from './mapping-expressions.ts';

const types = (
  'ACCESS_DENIED API_CONFIGURATION_ERROR AUTHORIZER_CONFIGURATION_ERROR AUTHORIZER_FAILURE BAD_REQUEST_BODY ' +
  'BAD_REQUEST_PARAMETERS DEFAULT_4XX DEFAULT_5XX EXPIRED_TOKEN INTEGRATION_FAILURE INTEGRATION_TIMEOUT INVALID_API_KEY ' +
  'INVALID_SIGNATURE MISSING_AUTHENTICATION_TOKEN QUOTA_EXCEEDED REQUEST_TOO_LARGE RESOURCE_NOT_FOUND THROTTLED ' +
  'UNAUTHORIZED UNSUPPORTED_MEDIA_TYPE WAF_FILTERED'
).split(' ');

const spellings = {
  openapi: { status: 'statusCode', parameters: 'responseParameters', templates: 'responseTemplates' },
  cloudformation: { status: 'StatusCode', parameters: 'ResponseParameters', templates: 'ResponseTemplates' },
} as const;

/** A gateway response; `holder` and `key` tell where its type is written. */
export const readGatewayResponse = (
  type: string,
  reader: Reader,
  form: keyof typeof spellings,
  holder: Reader,
  key: string,
): GatewayResponse => {
  const names = spellings[form];
  if (type !== '' && !types.includes(type)) {
    holder.refuse(
      key,
      `There is no gateway response type ${type}.`,
      `It can be ${types[0]}.${didYouMean(type, types)}`,
    );
  }
  const statusCode = reader.text(names.status);
  if (statusCode !== null && !/^[1-5]\d\d$/.test(statusCode)) {
    reader.refuse(
      names.status,
      `${JSON.stringify(statusCode)} is no status code.`,
      'Write three digits, such as "403".',
    );
  }
  const responseParameters = reader.textMap(names.parameters);
  const odd = oddMapping('gateway', responseParameters);
  if (odd !== null) {
    reader.refuse(
      names.parameters,
      `The gateway response ${type}: ${odd}.`,
      `Targets are written gatewayresponse.header.X. ${mappingRemedy}`,
    );
  }
  return { statusCode, responseParameters, responseTemplates: reader.textMap(names.templates) };
};
