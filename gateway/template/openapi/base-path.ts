import type { Reader } from '../reader.ts';
import type { OpenApiDocument } from './document.ts';

/**
 * What stands before every path of a definition, by the import's three ways with its base path: `ignore` it, `prepend`
 * all of it, or `split` its first part off and keep the rest.
 */
export const pathPrefix = (document: OpenApiDocument, settings: Reader, key: string): string => {
  const way = settings.oneOf(key, ['ignore', 'prepend', 'split']) ?? 'ignore';
  if (way === 'ignore') return '';
  const parts = basePath(document)
    .split('/')
    .filter((part) => part !== '');
  return (way === 'split' ? parts.slice(1) : parts).map((part) => `/${part}`).join('');
};

/** Swagger 2.0 says it at its top; of OpenAPI 3.0's servers a variable `basePath` counts, or else the path of the first. */
const basePath = ({ root, isSwagger2 }: OpenApiDocument): string => {
  if (isSwagger2) return root.text('basePath') ?? '';
  const servers = root.each('servers');
  for (const server of servers) {
    const variables = server.within('variables');
    if (variables.has('basePath')) return variables.within('basePath').text('default') ?? '';
  }
  return (servers[0]?.text('url') ?? '').replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/\{[^}]*\}/g, '');
};
