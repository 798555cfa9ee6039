import type { RestDefinition, RestIntegration, RestMethod } from '../../model/rest-api.ts';
import { didYouMean, type Problems } from '../problems.ts';

type Named = Pick<RestDefinition, 'models' | 'requestValidators'>;

/** Every REST API has these two, whether it declares them or not. */
const builtIn = ['Empty', 'Error'];

/** What API Gateway holds a method against: what it names must be there, and what it maps must be declared. */
export const refuseOddMethod = (
  method: RestMethod,
  path: string,
  { models, requestValidators }: Named,
  isImported: boolean,
  problems: Problems,
) => {
  const shown = `${method.httpMethod} ${path}`;
  const validator = method.requestValidator;
  if (validator !== null && !Object.hasOwn(requestValidators, validator)) {
    problems.add(
      `${shown} names the request validator ${validator}, which its API does not have.`,
      method.place,
      `Declare it.${didYouMean(validator, Object.keys(requestValidators))}`,
    );
  }
  const known = [...Object.keys(models), ...builtIn];
  const named = [method.requestModels, ...Object.values(method.responses).map((response) => response.models)];
  for (const model of new Set(named.flatMap((byType) => Object.values(byType)))) {
    if (known.includes(model)) continue;
    problems.add(
      `${shown} names the model ${model}, which its API does not have.`,
      method.place,
      `Declare it.${didYouMean(model, known)}`,
    );
  }
  if (/^(CUSTOM|COGNITO_USER_POOLS)$/.test(method.authorizationType) && method.authorizer === null) {
    problems.add(
      `${shown} is of authorization type ${method.authorizationType} and names no authorizer.`,
      method.place,
      'Give it an AuthorizerId.',
    );
  }
  if (method.integration) refuseUndeclared(method, method.integration, shown, isImported, problems);
  else
    problems.add(
      `${shown} has no integration.`,
      method.place,
      'Give it an integration: without one the API cannot be deployed.',
    );
};

const refuseUndeclared = (
  method: RestMethod,
  integration: RestIntegration,
  shown: string,
  isImported: boolean,
  problems: Problems,
): void => {
  const declared = (parameter: string): boolean =>
    Object.hasOwn(method.requestParameters, parameter.replace(/\.multivalue(header|querystring)\./, '.$1.'));
  const wanted = [...Object.values(integration.requestParameters), ...integration.cacheKeyParameters];
  for (const parameter of new Set(wanted)) {
    if (!/^method\.request\.(?!body)/.test(parameter) || declared(parameter)) continue;
    problems.add(
      `The integration of ${shown} takes ${parameter}, which the method does not declare.`,
      integration.place,
      'Declare it among the parameters of the method; API Gateway maps no others.',
    );
  }
  if (/_PROXY$/.test(integration.type)) return;
  // A status without a method response is put all the same; calls that come to it end with a 500.
  for (const { statusCode, responseParameters } of integration.responses) {
    // An import even puts its headers.
    if (isImported && method.responses[statusCode] === undefined) continue;
    for (const parameter of Object.keys(responseParameters)) {
      if (Object.hasOwn(method.responses[statusCode]?.parameters ?? {}, parameter)) continue;
      problems.add(
        `The integration of ${shown} sets ${parameter}, which the response ${statusCode} of the method does not declare.`,
        integration.place,
        'Declare the header among those of the response; API Gateway sets no others.',
      );
    }
  }
};
