import { mediaTypeOf } from '../mapping/media-type.ts';
import { firstValue, headerText, isHeaderName } from '../mapping/request-headers.ts';
import type { GatewayResponse } from '../model/rest-api.ts';
import type { ApiResponse } from '../server/messages.ts';
import type { RestContext } from './context.ts';
import { ForbiddenHere, NotServedLocally, type RestError } from './gateway-response.ts';
import { compileRequestSource, contextVariable } from './mapping/parameter-source.ts';
import { applyHeaderRules, MAPPED_RULES } from './response-headers.ts';

/** The one place where a failure becomes a response. */
export const renderGatewayResponse = (
  error: RestError | ForbiddenHere | NotServedLocally,
  context: RestContext,
): ApiResponse => {
  if (error instanceof NotServedLocally) {
    const message = `Not implemented by the local gateway: ${error.reason}`;
    const headers = gatewayHeaders(context, 'application/json', null);
    headers.push('x-gavel-reason', headerText(error.reason) ?? 'see the body');
    return { status: 501, headers, body: JSON.stringify({ message }) };
  }
  if (error instanceof ForbiddenHere) {
    const headers = gatewayHeaders(context, 'application/json', error.errorType);
    return { status: error.status, headers, body: JSON.stringify({ message: error.text }) };
  }
  const custom = customised(error, context);
  const rendered = custom ? renderTemplate(custom, error, context) : null;
  const headers = gatewayHeaders(context, rendered?.contentType ?? 'application/json', error.errorType);
  if (answersTraceId(error, context)) headers.push('X-Amzn-Trace-Id', context.trace.propagated);
  if (custom) addCustomHeaders(headers, custom, error, context);
  return {
    status: custom?.statusCode ? Number(custom.statusCode) : error.status,
    headers,
    body: rendered?.body ?? defaultBody(error, context),
  };
};

/** Byte for byte: compact before "Starting execution", with a space after the colon from there on. */
const defaultBody = (error: RestError, context: RestContext): string => {
  const key = error.responseType === 'ACCESS_DENIED' ? 'Message' : 'message';
  return `{"${key}":${context.executing ? ' ' : ''}${JSON.stringify(error.text)}}`;
};

const gatewayHeaders = (context: RestContext, contentType: string, errorType: string | null): string[] => {
  const headers = ['Content-Type', contentType, 'x-amzn-RequestId', context.requestId];
  if (errorType) headers.push('x-amzn-ErrorType', errorType);
  headers.push('x-amz-apigw-id', context.extendedRequestId);
  return headers;
};

/** On errors of the execution itself, as recorded; not on those of the configuration. */
const answersTraceId = (error: RestError, context: RestContext): boolean =>
  context.executing &&
  error.responseType !== 'API_CONFIGURATION_ERROR' &&
  (context.target?.integration.answersTraceId ?? false);

/** The entry of the exact type, else of its family; nothing is merged. An oversized body cannot be customised. */
const customised = (error: RestError, context: RestContext): GatewayResponse | null => {
  const entries = context.variant?.definition.gatewayResponses;
  if (!entries || error.responseType === 'REQUEST_TOO_LARGE') return null;
  return entries[error.responseType] ?? entries[error.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX'] ?? null;
};

const renderTemplate = (custom: GatewayResponse, error: RestError, context: RestContext) => {
  const accept = mediaTypeOf(firstValue(context.headers, 'accept') ?? '');
  const contentType = Object.hasOwn(custom.responseTemplates, accept) ? accept : 'application/json';
  const template = custom.responseTemplates[contentType];
  return template === undefined ? null : { contentType, body: substitute(template, error, context) };
};

/** Not Velocity: `$context.…`, `$stageVariables.…` and request parameters are filled in, all else is copied. */
const substitute = (template: string, error: RestError, context: RestContext): string =>
  template.replace(/\$(context|stageVariables|method)((?:\.[A-Za-z0-9_-]+)+)/g, (_, head: string, tail: string) => {
    const path = tail.slice(1).split('.');
    if (head === 'context' && path[0] === 'error') return errorVariable(error, path[1] ?? '');
    if (head === 'context') return contextVariable(context, path) ?? '';
    return compileRequestSource(`${head}${tail}`)?.(context) ?? '';
  });

const errorVariable = (error: RestError, name: string): string => {
  switch (name) {
    case 'message':
      return error.text ?? '';
    case 'messageString':
      return JSON.stringify(error.text);
    case 'responseType':
      return error.responseType;
    case 'validationErrorString':
      return error.validationErrorString ?? '';
    default:
      return '';
  }
};

const prefix = 'gatewayresponse.header.';
const ofTheError = 'context.error.';

const addCustomHeaders = (headers: string[], custom: GatewayResponse, error: RestError, context: RestContext): void => {
  for (const [target, expression] of Object.entries(custom.responseParameters)) {
    if (!target.startsWith(prefix)) continue;
    const name = target.slice(prefix.length);
    const value = expression.startsWith(ofTheError)
      ? errorVariable(error, expression.slice(ofTheError.length))
      : compileRequestSource(expression)?.(context);
    const text = value === undefined ? null : headerText(value);
    if (!text || !isHeaderName(name)) continue;
    // The content type comes first in the list; one that is mapped takes its place.
    if (name.toLowerCase() === 'content-type') headers[1] = text;
    else headers.push(...applyHeaderRules([name, text], MAPPED_RULES));
  }
};
