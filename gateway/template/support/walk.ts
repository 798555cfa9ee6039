import type { Place } from '../../model/place.ts';
import { intrinsicName } from '../intrinsics/pending.ts';
import { nearest } from '../problems.ts';
import type { SupportLine } from '../support.ts';
import { isList, isMap, type Plain } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { fromElsewhere } from './inputs.ts';
import { free, notHonoured, type SupportNode } from './node.ts';

type Found = Pick<SupportLine, 'property' | 'level' | 'note' | 'place'>;

/**
 * Compares a value with what is known of it. Told are the members of the value itself, and further in whatever is not
 * simply honoured; what the table does not know is not honoured, at any depth, unless it says that names are free there.
 */
export const walk = (
  start: { readonly value: Plain; readonly node: SupportNode; readonly path: string; readonly place: Place },
  isMember: (depth: number) => boolean,
  tell: (line: Found) => void,
): void => {
  const visit = (value: Plain, node: SupportNode, property: string, place: Place, depth: number): void => {
    const at = node.judge ? node.judge(value) : node;
    if (isMember(depth) || (at.level !== 'honoured' && depth > 0))
      tell({ property, level: at.level, note: at.note, place });
    if (at.level === 'not honoured') return;
    if (typeof value === 'string') {
      const elsewhere = value.includes('{{') ? fromElsewhere(value) : null;
      if (elsewhere) tell({ property, ...elsewhere, place });
    } else if (isList(value)) {
      // A list that is honoured differently is so once.
      const item = at.each ?? (at.level === 'honoured' ? at : { ...at, level: 'honoured', note: '' });
      value.forEach((inner, i) => {
        visit(inner, within(item, at), `${property}.${i}`, placeOf(value, i) ?? place, depth + 1);
      });
    } else if (isMap(value)) {
      const members = intrinsicName(value) === null ? at : free;
      for (const key in value) {
        const path = property === '' ? key : `${property}.${key}`;
        visit(value[key]!, memberOf(members, key), path, placeOf(value, key) ?? place, depth + 1);
      }
    }
  };
  visit(start.value, start.node, start.path, start.place, 0);
};

/** What is honoured differently as a whole says nothing more of its parts. */
const within = (item: SupportNode, list: SupportNode): SupportNode =>
  list.level === 'differently' && !list.each && !list.fields ? free : item;

const memberOf = (node: SupportNode, key: string): SupportNode => {
  const { fields, each } = node;
  if (fields && Object.hasOwn(fields, key)) return fields[key]!;
  if (each) return each;
  if (node.free || (node.level === 'differently' && !fields)) return free;
  // Extensions of OpenAPI that belong to other tools are no business of API Gateway either.
  if (node.foreignExtensions && key.startsWith('x-') && !key.startsWith('x-amazon-apigateway')) return free;
  return notHonoured(`not known to the gateway${meant(key, Object.keys(fields ?? {}))}`);
};

export const meant = (name: string, known: readonly string[]): string => {
  const close = nearest(name, known, 2);
  return close ? `; did you mean ${close}?` : '';
};

/** What a resource's own properties are compared with: the level of its type, which has a line, may say all there is. */
export const asRoot = (node: SupportNode): SupportNode =>
  node.fields ? { ...node, level: 'honoured', note: '' } : free;
