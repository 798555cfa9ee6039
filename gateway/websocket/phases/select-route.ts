import type { Phase } from '../../phase.ts';
import type { MessageContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';
import { evaluateSelection } from '../selection-expression.ts';

/** A message that is no JSON, selects nothing or selects no route goes to `$default`. */
export const selectRoute: Phase<MessageContext> = {
  name: 'Route selection',
  run(context) {
    const { routes, selection } = context.stage;
    const key = parse(context) ? evaluateSelection(selection, { request: { body: context.body } }) : '';
    // A client may not pretend that it connects or disconnects.
    const named = key === '$connect' || key === '$disconnect' ? undefined : routes.get(key);
    context.route = named ?? routes.get('$default') ?? null;
    if (!context.route) throw new GatewayError('FORBIDDEN', `no route has the key '${key}' and there is no $default`);
  },
};

const parse = (context: MessageContext): boolean => {
  try {
    context.body = JSON.parse(context.text);
    return true;
  } catch {
    return false;
  }
};
