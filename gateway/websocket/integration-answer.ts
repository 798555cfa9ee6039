import { functionErrorMessage, invokeLambda } from '../integrations/lambda.ts';
import type { Services } from '../services.ts';
import { GatewayError } from './gateway-error.ts';
import { answerMock } from './mock.ts';
import type { Route } from './stage.ts';

/** What an integration gave back, before anybody decides whether the client sees it. */
export type IntegrationAnswer = {
  readonly status: number;
  /** null: nothing to send. */
  readonly body: string | null;
  readonly headers: Readonly<Record<string, unknown>>;
};

/** What an integration is called with. */
export type IntegrationRequest = {
  /** The proxy event as JSON; made only for integrations that want one. */
  readonly event: () => string;
  readonly traceId: string;
  /** The message as it came, and as parsed JSON. */
  readonly text: string;
  readonly body: unknown;
};

export const callIntegration = async (
  services: Services,
  route: Route,
  request: IntegrationRequest,
): Promise<IntegrationAnswer> => {
  const { integration } = route;
  switch (integration?.kind) {
    case 'lambda': {
      const invocation = {
        function: integration.function,
        payload: request.event(),
        traceId: request.traceId,
        sourceArn: route.sourceArn,
      };
      const outcome = await invokeLambda(services, invocation, integration.timeoutInMillis);
      const name = integration.function.name;
      switch (outcome.kind) {
        case 'answered':
          if (outcome.functionError === null) return readProxyResult(outcome.payload, name);
          throw new GatewayError('INTEGRATION_FAILURE', `${name} failed: ${functionErrorMessage(outcome.payload)}`);
        case 'timed-out':
          throw new GatewayError('INTEGRATION_TIMEOUT', `${name} took longer than ${integration.timeoutInMillis} ms`);
        case 'unsupported':
          throw new GatewayError('NOT_HONOURED', outcome.reason);
        default:
          throw new GatewayError('INTERNAL_ERROR', outcome.reason);
      }
    }
    case 'mock':
      return answerMock(integration, request.text, request.body);
    case 'unsupported':
      throw new GatewayError('NOT_HONOURED', integration.reason);
    case 'invalid':
      throw new GatewayError('INTERNAL_ERROR', integration.reason);
    case undefined:
      throw new GatewayError('INTERNAL_ERROR', 'it has no integration');
  }
};

/** The contract of REST's Lambda proxy results: an object, a status that is a number (200 without one), a text body. */
const readProxyResult = (payload: string, name: string): IntegrationAnswer => {
  const result = parseObject(payload);
  const status = result === null ? Number.NaN : Number(result.statusCode ?? 200);
  const body = result?.body ?? null;
  if (result === null || !Number.isInteger(status) || (body !== null && typeof body !== 'string')) {
    throw new GatewayError('INTEGRATION_FAILURE', `${name} answered a malformed Lambda proxy response`);
  }
  return { status, body, headers: isObject(result.headers) ? result.headers : {} };
};

const parseObject = (payload: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(payload);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
