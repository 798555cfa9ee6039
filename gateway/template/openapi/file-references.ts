import { basename, dirname, extname, resolve } from 'node:path';
import type { Place } from '../../model/place.ts';
import type { FileReader } from '../intrinsics/include.ts';
import type { Problems } from '../problems.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, placeOf } from '../text/positions.ts';
import { lookUp } from './pointer.ts';

/** A reference of a definition that leads to another file. */
export type FileReference = { readonly path: string; readonly place: Place | null };

/** A file, and what stands in it; `null` for the definition itself, whose own references stay. */
type Origin = { readonly file: string; readonly root: Plain } | null;

/** What may stand somewhere: a schema, a map of schemas, or something else. */
type Kind = 'schema' | 'schemas' | 'other';

/** Where data of the application's own stands, in which `$ref` is a word like any other. */
const examples: Readonly<Record<Kind, ReadonlySet<string>>> = {
  schema: new Set(['example', 'examples', 'default', 'enum', 'const']),
  schemas: new Set(),
  other: new Set(['example', 'examples']),
};

const found = new WeakMap<PlainMap, readonly FileReference[]>();

/** The references to other files that were followed when this definition was bundled. */
export const fileReferencesOf = (bundled: PlainMap): readonly FileReference[] => found.get(bundled) ?? [];

/**
 * Lays what a definition takes from other files into it, as tools that bundle do before a deployment: schemas become
 * schemas of the document, all else stands where it is referred to. A circle is no matter among schemas, and refused
 * elsewhere. Without such references the definition stays as it is.
 */
export const bundled = (body: PlainMap, readFile: FileReader, problems: Problems): PlainMap => {
  const isSwagger2 = entry(body, 'swagger') !== undefined;
  // An included definition stands in its own file, under a map of the template.
  const ownFiles = new Set(
    ['', ...Object.keys(body)].map((key) => placeOf(body, key || undefined)?.file).map(absolute),
  );
  const references: FileReference[] = [];
  const brought: Record<string, Plain> = {};
  const names = new Map<string, string>();

  const nameOf = (key: string, file: string, pointer: string): string => {
    const known = names.get(key);
    if (known !== undefined) return known;
    const last = pointer.split('/').pop() ?? '';
    const plain = (last || basename(file, extname(file))).replace(/[^A-Za-z0-9]/g, '') || 'Model';
    const taken = (name: string): boolean => Object.hasOwn(brought, name) || lookUp(body, schemas(name)) !== undefined;
    let name = plain;
    for (let n = 2; taken(name); n++) name = `${plain}${n}`;
    names.set(key, name);
    brought[name] = {};
    return name;
  };
  const schemas = (name: string): string => (isSwagger2 ? `/definitions/${name}` : `/components/schemas/${name}`);

  const follow = (node: PlainMap, origin: Origin, kind: Kind, trail: readonly string[], path: string): Plain => {
    const written = String(node.$ref);
    const place = placeOf(node);
    const [location = '', pointer = ''] = written.split('#');
    const base = origin?.file ?? (place ? resolve(place.file) : '');
    if (/^[a-z]+:\/\//i.test(location)) {
      problems.add(
        `$ref leads to ${location}, which is not on this disk.`,
        placeOf(node, '$ref'),
        'Keep a copy beside the definition, and name that.',
      );
      return {};
    }
    const file = location === '' ? base : resolve(dirname(base), location);
    // A file may lead back to the definition that it is taken into.
    if (ownFiles.has(file) && lookUp(body, pointer) !== undefined) return { $ref: `#${pointer}` };
    if (origin === null) references.push({ path: `${path}.$ref`, place: placeOf(node, '$ref') });
    const root = location === '' && origin ? origin.root : readFile(location, node, '$ref', base);
    if (root === null) return {};
    const target = pointer === '' ? root : lookUp(root, pointer);
    if (target === undefined) {
      problems.add(`$ref: there is nothing at ${written}.`, placeOf(node, '$ref'), 'Mend the part behind the #.');
      return {};
    }
    const key = `${file}#${pointer}`;
    if (kind === 'schema' && names.has(key)) return { $ref: `#${schemas(names.get(key)!)}` };
    if (trail.includes(key)) {
      problems.add(
        `$ref: ${[...trail.slice(trail.indexOf(key)), key].map((step) => step.replace(/^.*\//, '')).join(' → ')} is a circle.`,
        placeOf(node, '$ref'),
        'Only schemas may refer to themselves.',
      );
      return {};
    }
    const next: Origin = { file, root };
    if (kind !== 'schema' || (isMap(target) && typeof target.$ref === 'string'))
      return walk(target, next, kind, [...trail, key], path);
    const name = nameOf(key, file, pointer);
    brought[name] = walk(target, next, 'schema', trail, path);
    return copyPlace(node, { $ref: `#${schemas(name)}` });
  };

  // Anchors share what stands in a definition; what has no reference in it is looked through once.
  const plain = { schema: new WeakSet(), schemas: new WeakSet(), other: new WeakSet() };

  const walk = (value: Plain, origin: Origin, kind: Kind, trail: readonly string[], path: string): Plain => {
    if (typeof value !== 'object' || value === null || plain[kind].has(value)) return value;
    const result = walkInto(value, origin, kind, trail, path);
    if (result === value && origin === null) plain[kind].add(value);
    return result;
  };

  const walkInto = (value: Plain, origin: Origin, kind: Kind, trail: readonly string[], path: string): Plain => {
    if (isList(value)) {
      const items = value.map((item, i) => walk(item, origin, kind, trail, `${path}.${i}`));
      return items.some((item, i) => item !== value[i]) ? copyPlace(value, items) : value;
    }
    if (!isMap(value)) return value;
    if (typeof value.$ref === 'string' && (origin !== null || !value.$ref.startsWith('#')))
      return follow(value, origin, kind, trail, path);
    let changed = false;
    const entries = Object.entries(value).map(([key, inner]): [string, Plain] => {
      if (examples[kind].has(key)) return [key, inner];
      const result = walk(inner, origin, kindOf(key, kind), trail, path === '' ? key : `${path}.${key}`);
      if (result !== inner) changed = true;
      return [key, result];
    });
    return changed ? copyPlace(value, Object.fromEntries(entries)) : value;
  };

  const result = walk(body, null, 'other', [], '');
  if (references.length === 0 || !isMap(result)) return body;
  const complete = copyPlace(body, withSchemas(result, brought, isSwagger2));
  found.set(complete, references);
  return complete;
};

const absolute = (file: string | undefined): string | undefined => (file === undefined ? undefined : resolve(file));

const kindOf = (key: string, around: Kind): Kind => {
  if (around === 'schemas') return 'schema';
  if (around === 'schema') return maps.has(key) ? 'schemas' : 'schema';
  return key === 'schema' ? 'schema' : key === 'schemas' || key === 'definitions' ? 'schemas' : 'other';
};

/** What of a schema holds schemas under names of their own. */
const maps = new Set(['properties', 'patternProperties', 'definitions']);

const withSchemas = (body: PlainMap, brought: PlainMap, isSwagger2: boolean): PlainMap => {
  const within = (map: PlainMap, key: string): PlainMap => {
    const value = entry(map, key);
    return value !== undefined && isMap(value) ? value : {};
  };
  const laid = (holder: PlainMap, key: string): PlainMap => ({
    ...holder,
    [key]: copyPlace(within(holder, key), { ...within(holder, key), ...brought }),
  });
  if (Object.keys(brought).length === 0) return body;
  if (isSwagger2) return laid(body, 'definitions');
  const components = within(body, 'components');
  return { ...body, components: copyPlace(components, laid(components, 'schemas')) };
};
