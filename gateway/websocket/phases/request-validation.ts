import type { Phase } from '../../phase.ts';
import type { MessageContext } from '../context.ts';
import { GatewayError } from '../gateway-error.ts';
import { notHonoured } from '../stage.ts';

export const requestValidation: Phase<MessageContext> = {
  name: 'Request validation',
  thin: 'a route with a model selection expression refuses its messages: models are not evaluated yet',
  run({ route }) {
    if (route!.definition.modelSelectionExpression !== null) {
      throw new GatewayError('NOT_HONOURED', notHonoured.models);
    }
  },
};
