import { accessValues } from './access-values.ts';
import { dataValues } from './data-values.ts';
import type { LocalValues } from './local-values.ts';
import { messagingValues } from './messaging-values.ts';
import { networkValues } from './network-values.ts';
import { operationsValues } from './operations-values.ts';

/** What `Ref` and `GetAtt` give for the services that stand behind serverless applications, in AWS's shapes. */
export const serviceValues: Readonly<Record<string, LocalValues>> = {
  ...dataValues,
  ...messagingValues,
  ...accessValues,
  ...networkValues,
  ...operationsValues,
};
