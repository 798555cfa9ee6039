import { verifySignature } from '../../auth/sigv4.ts';
import type { Phase } from '../../phase.ts';
import { forbidden, notServedLocally } from '../answer.ts';
import type { HttpContext } from '../context.ts';

export const authorize: Phase<HttpContext> = {
  name: 'authorize',
  run(context) {
    switch (context.route!.model.authorizationType) {
      case 'NONE':
        return;
      case 'AWS_IAM':
        return verify(context);
      case 'JWT':
        throw notServedLocally('JWT authorizers come with a later version');
      case 'CUSTOM':
        throw notServedLocally('Lambda authorizers come with a later version');
    }
  },
  thin: 'AWS_IAM signatures are verified, IAM policies are not evaluated; routes with a JWT or Lambda authorizer answer 501',
};

const verify = (context: HttpContext): void => {
  const { identities, account, clock } = context.services;
  const result = verifySignature(context.request, 'execute-api', account.region, identities, clock.now());
  if (!result.ok) throw forbidden(result.message);
  context.identity = result.identity;
};
