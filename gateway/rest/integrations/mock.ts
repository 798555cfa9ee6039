import { parseMockStatus } from '../../integrations/mock-status.ts';
import { firstValue, hasHeader, headerText } from '../../mapping/request-headers.ts';
import type { RestIntegration, RestIntegrationResponse } from '../../model/rest-api.ts';
import type { IntegrationScope } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { configurationError, NotServedLocally, RestError } from '../gateway-response.ts';
import { compileParameterSource, type ParameterSource } from '../parameter-source.ts';
import { applyHeaderRules, MAPPED_RULES } from '../response-headers.ts';
import type { IntegrationType } from './integration-type.ts';
import { compileResponseSelection } from './response-selection.ts';
import { chooseRequestTemplate, chooseResponseTemplate, isLiteral } from './template-selection.ts';

const velocity = 'mapping templates with Velocity ($ or #) come with a later version; literal ones run';

type ResponseParameter = { readonly name: string; readonly source: ParameterSource | null };

/** MOCK: the request template says the status, the response template is the answer; nothing is called. */
export const mock = (integration: RestIntegration, scope: IntegrationScope): IntegrationType => {
  const statuses = new Map(
    Object.entries(integration.requestTemplates)
      .filter(([, template]) => isLiteral(template))
      .map(([contentType, template]) => [contentType, parseMockStatus(template)]),
  );
  const select = compileResponseSelection(integration.responses);
  const parameters = new Map(integration.responses.map((response) => [response, responseParameters(response)]));

  return {
    answersTraceId: false,
    request(context) {
      const choice = chooseRequestTemplate(
        integration.requestTemplates,
        integration.passthroughBehavior,
        firstValue(context.headers, 'content-type'),
      );
      if (choice.kind === 'unsupported-media-type') {
        throw new RestError('UNSUPPORTED_MEDIA_TYPE', { reason: 'No request template matches the content type' });
      }
      const status =
        choice.kind === 'template'
          ? statuses.get(choice.contentType)
          : parseMockStatus(context.request.body.toString('utf8'));
      if (status === undefined) throw new NotServedLocally(velocity);
      if (status === null) {
        throw configurationError(
          'Unable to parse statusCode. It should be an integer that is defined in the request template.',
        );
      }
      context.integrationResult = { status, headers: [], body: '' };
    },
    call() {},
    response(context) {
      const status = String(context.integrationResult!.status);
      const selected = select(status);
      if (!selected) {
        throw configurationError(
          `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${status}`,
        );
      }
      if (!Object.hasOwn(scope.method.responses, selected.statusCode)) {
        throw configurationError(`Output mapping refers to an invalid method response: ${selected.statusCode}`);
      }
      context.response = {
        status: Number(selected.statusCode),
        ...answer(selected, parameters.get(selected)!, context),
      };
    },
  };
};

const target = 'method.response.header.';

const responseParameters = (response: RestIntegrationResponse): readonly ResponseParameter[] =>
  Object.entries(response.responseParameters)
    .filter(([name]) => name.startsWith(target))
    // A mock has no response of its own: what a mapping would take from it is absent, and its header is not sent.
    .filter(([, expression]) => !expression.startsWith('integration.response.'))
    .map(([name, expression]) => ({ name: name.slice(target.length), source: compileParameterSource(expression) }));

const answer = (
  response: RestIntegrationResponse,
  parameters: readonly ResponseParameter[],
  context: RestContext,
): { readonly headers: string[]; readonly body: string } => {
  const contentType = chooseResponseTemplate(response.responseTemplates, firstValue(context.headers, 'accept'));
  const template = contentType === null ? '' : response.responseTemplates[contentType]!;
  if (!isLiteral(template)) throw new NotServedLocally(velocity);
  const mapped: string[] = [];
  for (const { name, source } of parameters) {
    if (!source) throw new NotServedLocally('response parameters from bodies come with a later version');
    const value = source(context);
    const text = value === undefined ? null : headerText(value);
    if (text !== null) mapped.push(name, text);
  }
  const headers = applyHeaderRules(mapped, MAPPED_RULES);
  const typed = hasHeader(headers, 'content-type');
  if (!typed && contentType !== null) headers.push('Content-Type', contentType);
  return { headers, body: template };
};
