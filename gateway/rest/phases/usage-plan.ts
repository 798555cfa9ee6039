import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';
import { NotServedLocally } from '../gateway-response.ts';

export const usagePlan: Phase<RestContext> = {
  name: 'usage plan',
  run({ target }) {
    if (target!.model.apiKeyRequired) throw new NotServedLocally('API keys come with a later version');
  },
  thin: 'methods that need an API key answer 501; throttles and quotas are not enforced',
};
