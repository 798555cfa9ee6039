import { traceIdOf } from '../../mapping/trace-id.ts';
import type { Phase } from '../../phase.ts';
import type { ConnectContext, DisconnectContext, MessageContext } from '../context.ts';
import { connectionFacts } from '../handshake.ts';
import { callIntegration } from '../integration-answer.ts';
import { connectEvent, disconnectEvent, messageEvent } from '../proxy-event.ts';

const name = 'Integration';
const thin = 'Lambda proxy, and MOCK with literal templates; AWS, HTTP and HTTP_PROXY integrations are refused';

/** A `$connect` or `$disconnect` route without an integration has nothing to run. */
export const connectIntegration: Phase<ConnectContext> = {
  name,
  thin,
  async run(context) {
    const { route } = context;
    if (!route?.integration) return;
    context.answer = await callIntegration(context.api.services, route, {
      event: () => connectEvent(context, connectionFacts(context)),
      traceId: context.traceId.propagated,
      text: '',
      body: undefined,
    });
  },
};

export const messageIntegration: Phase<MessageContext> = {
  name,
  thin,
  async run(context) {
    context.answer = await callIntegration(context.api.services, context.route!, {
      event: () => messageEvent(context),
      traceId: traceIdOf(undefined, context.at).propagated,
      text: context.text,
      body: context.body,
    });
  },
};

export const disconnectIntegration: Phase<DisconnectContext> = {
  name,
  thin,
  async run(context) {
    const { route } = context;
    if (!route?.integration) return;
    context.answer = await callIntegration(context.api.services, route, {
      event: () => disconnectEvent(context),
      traceId: traceIdOf(undefined, context.at).propagated,
      text: '',
      body: undefined,
    });
  },
};
