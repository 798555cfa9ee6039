import { SchemaError } from '../../mapping/json-schema/schema-error.ts';
import { SchemaLoopError } from '../../mapping/json-schema/schema-node.ts';
import { mediaTypeOf } from '../../mapping/media-type.ts';
import { firstValue } from '../../mapping/request-headers.ts';
import type { RestDefinition, RestMethod } from '../../model/rest-api.ts';
import type { ReportMistake } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { configurationError, NotServedLocally, RestError } from '../gateway-response.ts';
import {
  type BodyFailure,
  type BodyValidator,
  bodyFailureReason,
  type CompiledModels,
  compileBodyValidator,
  validationErrorString,
} from './request-body.ts';
import { compileRequiredParameters, missingParametersMessage } from './required-parameters.ts';

/** Throws where a request is not what its method's validator asks for. */
export type RequestValidation = (context: RestContext) => void;

/** Compiles a method's validator; null where it has none: then nothing is checked, whatever the method declares. */
export const compileRequestValidation = (
  method: RestMethod,
  validators: RestDefinition['requestValidators'],
  models: CompiledModels,
  report: ReportMistake,
): RequestValidation | null => {
  const name = method.requestValidator;
  if (name === null) return null;
  const validator = Object.hasOwn(validators, name) ? validators[name] : undefined;
  const refuse = (reason: string): RequestValidation => {
    report(`requests cannot be validated and answer 501: ${reason}`, method.place);
    return refused(reason);
  };
  if (!validator) return refuse(`the API has no request validator ${name}`);
  const checks: RequestValidation[] = [];
  // Parameters come first: where they fail, nothing is said of the body.
  if (validator.validateRequestParameters) checks.push(parameters(method));
  if (validator.validateRequestBody) checks.push(body(method, models, refuse));
  return (context) => {
    for (const check of checks) check(context);
  };
};

/** AWS would not have deployed it. What cannot be checked is not let through. */
const refused = (reason: string): RequestValidation => {
  return () => {
    throw new NotServedLocally(`the request cannot be validated: ${reason}`);
  };
};

const parameters = (method: RestMethod): RequestValidation => {
  const missing = compileRequiredParameters(method.requestParameters);
  return (context) => {
    const names = missing(context);
    if (names.length === 0) return;
    const message = missingParametersMessage(names);
    throw new RestError('BAD_REQUEST_PARAMETERS', { reason: message, message });
  };
};

const body = (
  method: RestMethod,
  models: CompiledModels,
  refuse: (reason: string) => RequestValidation,
): RequestValidation => {
  let validate: BodyValidator;
  try {
    validate = compileBodyValidator(method.requestModels, models);
  } catch (error) {
    if (error instanceof SchemaError) return refuse(error.message);
    throw error;
  }
  return (context) => {
    const contentType = firstValue(context.headers, 'content-type');
    const sent = contentType === undefined ? null : mediaTypeOf(contentType);
    const failure = failureOf(() => validate(sent, context.body.toString('utf8')));
    if (!failure) return;
    throw new RestError('BAD_REQUEST_BODY', {
      reason: bodyFailureReason(failure),
      validationErrorString: validationErrorString(failure),
    });
  };
};

const failureOf = (validate: () => BodyFailure | null): BodyFailure | null => {
  try {
    return validate();
  } catch (error) {
    if (error instanceof SchemaLoopError) throw configurationError(error.message);
    throw error;
  }
};
