import { parseMockStatus } from '../integrations/mock-status.ts';
import type { WebSocketIntegration, WebSocketIntegrationResponse } from '../model/websocket-api.ts';
import { GatewayError } from './gateway-error.ts';
import type { IntegrationAnswer } from './integration-answer.ts';
import {
  compileSelectionExpression,
  evaluateSelection,
  type SelectionExpression,
  type SelectionVariables,
} from './selection-expression.ts';

/** A MOCK integration whose templates are literal text. */
export type MockIntegration = {
  readonly kind: 'mock';
  readonly requestTemplates: Templates;
  readonly passthroughBehavior: WebSocketIntegration['passthroughBehavior'];
  readonly responses: readonly MockResponse[];
};

type Templates = { readonly selection: SelectionExpression; readonly byKey: Readonly<Record<string, string>> };
type MockResponse = { readonly pattern: RegExp | null; readonly templates: Templates };
type Refused = { readonly kind: 'unsupported' | 'invalid'; readonly reason: string };

export const compileMock = (integration: WebSocketIntegration): MockIntegration | Refused => {
  const texts = [integration.requestTemplates, ...integration.responses.map((response) => response.responseTemplates)];
  if (texts.some((templates) => Object.values(templates).some((template) => /[$#]/.test(template)))) {
    return { kind: 'unsupported', reason: 'this gateway does not evaluate mapping templates of WebSocket APIs yet' };
  }
  try {
    return {
      kind: 'mock',
      requestTemplates: compileTemplates(integration.templateSelectionExpression, integration.requestTemplates),
      passthroughBehavior: integration.passthroughBehavior,
      responses: integration.responses.map(compileResponse),
    };
  } catch (error) {
    return {
      kind: 'invalid',
      reason: `an integration response key is no regular expression: ${(error as Error).message}`,
    };
  }
};

const compileResponse = (response: WebSocketIntegrationResponse): MockResponse => {
  const key = response.integrationResponseKey;
  return {
    // A pattern stands between slashes and must match the whole status.
    pattern: key === '$default' ? null : new RegExp(`^(?:${key.replace(/^\/|\/$/g, '')})$`),
    templates: compileTemplates(response.templateSelectionExpression, response.responseTemplates),
  };
};

const compileTemplates = (expression: string | null, byKey: Readonly<Record<string, string>>): Templates => ({
  // Without an expression the guide's own samples name their single template application/json.
  selection: compileSelectionExpression(
    expression ?? (Object.hasOwn(byKey, '$default') ? '\\$default' : 'application/json'),
  ),
  byKey,
});

/** Renders the request, whose statusCode is the integration's status, and then the response that the status selects. */
export const answerMock = (mock: MockIntegration, text: string, body: unknown): IntegrationAnswer => {
  const request = selectTemplate(mock.requestTemplates, { request: { body } }) ?? passThrough(mock, text);
  const status = parseMockStatus(request);
  if (status === null) {
    throw new GatewayError(
      'INTERNAL_ERROR',
      'the request template of the MOCK integration gives no integer statusCode',
    );
  }
  const statuscode = String(status);
  const response =
    mock.responses.find(({ pattern }) => pattern?.test(statuscode)) ?? mock.responses.find(({ pattern }) => !pattern);
  if (!response && mock.responses.length > 0) {
    throw new GatewayError(
      'INTERNAL_ERROR',
      `no integration response matches status ${statuscode} and none is $default`,
    );
  }
  const variables = { request: { body }, integration: { response: { statuscode } } };
  return { status, body: response ? selectTemplate(response.templates, variables) : null, headers: {} };
};

const selectTemplate = (templates: Templates, variables: SelectionVariables): string | null => {
  const key = evaluateSelection(templates.selection, variables);
  const { byKey } = templates;
  if (Object.hasOwn(byKey, key)) return byKey[key]!;
  return Object.hasOwn(byKey, '$default') ? byKey.$default! : null;
};

const passThrough = (mock: MockIntegration, text: string): string => {
  const { passthroughBehavior, requestTemplates } = mock;
  const hasTemplates = Object.keys(requestTemplates.byKey).length > 0;
  if (passthroughBehavior === 'NEVER' || (passthroughBehavior === 'WHEN_NO_TEMPLATES' && hasTemplates)) {
    throw new GatewayError(
      'UNSUPPORTED_MEDIA_TYPE',
      `no request template is selected and passthrough is ${passthroughBehavior}`,
    );
  }
  return text;
};
