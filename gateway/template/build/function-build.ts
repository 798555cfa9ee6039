import type { FunctionBuild } from '../../model/lambda-function.ts';
import type { Problems } from '../problems.ts';
import { createReader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { entry, isMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { buildMethodOf, whyNotBuilt } from './build-method.ts';
import { readEsbuild } from './esbuild-options.ts';

type ReadBuild = { readonly build: FunctionBuild | null; readonly unsupported: string | null };

/** How a function is built. Plain Node.js code runs as it lies there. */
export const readBuild = (resource: Resource, problems: Problems): ReadBuild => {
  const method = buildMethodOf(resource);
  if (method === null || method.startsWith('nodejs')) return { build: null, unsupported: null };
  if (method !== 'esbuild') return { build: null, unsupported: whyNotBuilt(method, resource) };
  const properties = entry(resource.metadata, 'BuildProperties');
  const given = properties !== undefined && isMap(properties) ? properties : {};
  const reader = createReader(
    given,
    placeOf(given) ?? resource.place,
    `${resource.logicalId}'s BuildProperties`,
    problems,
  );
  return { build: readEsbuild(reader), unsupported: null };
};
