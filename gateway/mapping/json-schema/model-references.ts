import type { ResolveModel } from './references.ts';

const address = /^https:\/\/apigateway\.amazonaws\.com\/restapis\/[^/]+\/models\/([^/]+)$/;

/**
 * Finds the models of an API by the addresses that their references have. Which API's id stands in an address does not
 * matter: a model can refer to models of its own API only.
 */
export const modelResolver =
  (schemas: Readonly<Record<string, unknown>>): ResolveModel =>
  (url) => {
    const name = address.exec(url)?.[1];
    return name !== undefined && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
  };
