import type { Resource } from '../resource.ts';
import { isList, type Plain, type PlainMap } from '../text/plain.ts';
import { type Expansion, mapAt } from './expansion.ts';

/**
 * `Auth: ResourcePolicy` as a policy. Custom statements go over as they are; SAM's lists (IpRangeBlacklist and its like)
 * are not turned into statements yet, so a statement that denies everybody stands for them: never open.
 */
export const resourcePolicy = (auth: PlainMap, resource: Resource, expansion: Expansion): PlainMap | undefined => {
  const policies = [mapAt(auth, 'ResourcePolicy')];
  for (const event of expansion.apiEvents.get(resource.logicalId) ?? []) {
    policies.push(mapAt(mapAt(event.properties, 'Auth'), 'ResourcePolicy'));
  }
  const statements: Plain[] = [];
  for (const policy of policies) {
    for (const [key, value] of Object.entries(policy)) {
      if (key === 'CustomStatements') statements.push(...(isList(value) ? value : [value]));
      else
        statements.push({
          Sid: `NotHonoured${key}`,
          Effect: 'Deny',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: 'execute-api:/*',
        });
    }
  }
  return statements.length === 0 ? undefined : { Version: '2012-10-17', Statement: statements };
};
