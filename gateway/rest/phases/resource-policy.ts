import type { Phase } from '../../phase.ts';
import type { RestContext } from '../context.ts';
import { NotServedLocally } from '../gateway-response.ts';

export const resourcePolicy: Phase<RestContext> = {
  name: 'resource policy',
  run({ api, variant }) {
    if (variant!.definition.policy) throw new NotServedLocally('resource policies come with a later version');
    if (api.model.endpointTypes.includes('PRIVATE')) {
      throw new NotServedLocally(
        'private endpoints, which admit only what comes through a VPC, come with a later version',
      );
    }
  },
  thin: 'policies are not evaluated: an API with one, or a private one, answers 501',
};
