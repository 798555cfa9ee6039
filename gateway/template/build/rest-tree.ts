import { derivedId } from '../../derived-ids.ts';
import type { Place } from '../../model/place.ts';
import type { RestMethod, RestResource } from '../../model/rest-api.ts';
import type { Problems } from '../problems.ts';
import { rootResourceId } from '../references/api-values.ts';

/** A path with its methods, before the tree is built. */
export type RestPath = {
  readonly path: string;
  /** The resource's own id, where the template makes it. */
  readonly id: string | null;
  readonly methods: readonly RestMethod[];
  readonly place: Place;
};

/** The resources of an API: each path, and every parent on the way to it. API Gateway's rules for the tree are held here. */
export const buildTree = (paths: readonly RestPath[], apiId: string, problems: Problems): readonly RestResource[] => {
  const resources = new Map<string, { id: string; methods: RestMethod[] }>();
  const node = (path: string): { id: string; methods: RestMethod[] } => {
    let found = resources.get(path);
    if (!found) {
      found = { id: path === '/' ? rootResourceId(apiId) : derivedId(6, 'resource', apiId, path), methods: [] };
      resources.set(path, found);
    }
    return found;
  };
  const variables = new Map<string, string>();
  const made = new Set<string>();
  node('/');
  for (const { path: written, id, methods, place } of paths) {
    if (!written.startsWith('/')) {
      problems.add(`The path ${written} does not start with a slash.`, place, `Write /${written}.`);
      continue;
    }
    const path = normal(written);
    let parent = '/';
    for (const part of path === '/' ? [] : path.slice(1).split('/')) {
      refusePart(part, written, place, problems);
      if (/\{[^}]*\+\}$/.test(parent)) {
        problems.add(
          `${written}: cannot create a child of a resource with a greedy path variable: ${parent.split('/').pop()}.`,
          place,
          'End the path at the greedy variable.',
        );
      }
      if (part.startsWith('{')) {
        const sibling = variables.get(parent);
        if (sibling !== undefined && sibling !== part) {
          problems.add(
            `${written}: a sibling (${sibling}) of this resource already has a variable path part -- only one is allowed.`,
            place,
            `Name both ${sibling}, or move one of them.`,
          );
        }
        variables.set(parent, part);
      }
      parent = parent === '/' ? `/${part}` : `${parent}/${part}`;
      node(parent);
    }
    const resource = node(path);
    if (id !== null) {
      if (made.has(path)) {
        const what = `Another resource with the same parent already has the path part ${path.split('/').pop()}.`;
        problems.add(what, place, 'Remove one of the two.');
      }
      made.add(path);
      resource.id = id;
    }
    for (const method of methods) {
      if (resource.methods.some((other) => other.httpMethod === method.httpMethod)) {
        problems.add(`${method.httpMethod} ${path} stands twice in the API.`, method.place, 'Remove one of the two.');
      } else resource.methods.push(method);
    }
  }
  // Sorted: what order a definition is written in means nothing, and must not make another deployment.
  return [...resources]
    .map(([path, { id, methods }]) => ({
      id,
      path,
      methods: methods.sort((a, b) => (a.httpMethod < b.httpMethod ? -1 : 1)),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
};

/** A slash at the end says nothing: the import drops it. */
const normal = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

const refusePart = (part: string, path: string, place: Place, problems: Problems): void => {
  const isVariable = /^\{[A-Za-z0-9_.:-]+\+?\}$/.test(part);
  if (isVariable || /^[A-Za-z0-9_\-.,:$~@!*'()&=;%+]+$/.test(part)) return;
  problems.add(
    `${path}: ${JSON.stringify(part)} is not a path part.`,
    place,
    'A part has letters, digits and _ - . , : only; a parameter such as {id} or {proxy+} must be a whole part.',
  );
};
