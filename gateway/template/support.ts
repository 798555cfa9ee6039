import type { Place } from '../model/place.ts';
import { nearest } from './problems.ts';
import type { Resource, Resources } from './resource.ts';
import { linesOfEvents } from './support/events-and-apis.ts';
import { globalsTable, type SupportNode, sectionTable, typeTable } from './support/table.ts';
import { entry, isList, isMap, type Plain, type PlainMap } from './text/plain.ts';
import { placeOf } from './text/positions.ts';

export type SupportLevel = 'honoured' | 'differently' | 'not honoured';

export type SupportLine = {
  /** Empty for what belongs to no resource. */
  readonly logicalId: string;
  readonly resourceType: string;
  /** A dotted path; empty for the resource itself. */
  readonly property: string;
  readonly level: SupportLevel;
  readonly note: string;
  readonly place: Place;
};

/**
 * How each resource and property of a template is honoured. What the tables do not know is not honoured: nothing is
 * dropped in silence. Further in than a resource's own properties only what is not simply honoured gets a line.
 */
export const supportOf = (template: PlainMap, globals: PlainMap, resources: Resources): readonly SupportLine[] => {
  const lines: SupportLine[] = [];
  const top = placeOf(template) ?? { file: '', line: 1, column: 1 };
  for (const name of Object.keys(template)) {
    const table = entry(sectionTable, name) ?? {
      ...unknown,
      note: unknown.note + meant(name, Object.keys(sectionTable)),
    };
    const node = table.judge ? table.judge(template[name]!) : table;
    if (node.level !== 'honoured')
      lines.push({
        logicalId: '',
        resourceType: '',
        property: name,
        ...said(node),
        place: placeOf(template, name) ?? top,
      });
  }
  for (const [name, place] of ssmParameters(template)) {
    lines.push({
      logicalId: '',
      resourceType: '',
      property: `Parameters.${name}`,
      level: 'differently',
      note: 'what is given stands for the value itself; Parameter Store is not asked',
      place: place ?? top,
    });
  }
  const globalsPlace = placeOf(globals) ?? top;
  for (const [kind, section] of Object.entries(globals)) {
    const known = entry(globalsTable, kind);
    const at = placeOf(globals, kind) ?? globalsPlace;
    if (!known)
      lines.push({ logicalId: '', resourceType: '', property: `Globals.${kind}`, ...said(unknown), place: at });
    for (const key of known && isMap(section) ? Object.keys(section) : []) {
      if (known!.has(key)) continue;
      const place = placeOf(section as PlainMap, key) ?? at;
      lines.push({
        logicalId: '',
        resourceType: '',
        property: `Globals.${kind}.${key}`,
        level: 'not honoured',
        note: 'SAM takes no such global',
        place,
      });
    }
  }
  for (const resource of resources.values()) resourceLines(resource, lines);
  return [...lines, ...linesOfEvents(resources)];
};

const ssmParameters = (template: PlainMap): readonly (readonly [string, Place | null])[] => {
  const parameters = entry(template, 'Parameters');
  if (parameters === undefined || !isMap(parameters)) return [];
  return Object.entries(parameters).flatMap(([name, parameter]) =>
    isMap(parameter) && /^AWS::SSM::Parameter::/.test(String(parameter.Type))
      ? [[name, placeOf(parameters, name)] as const]
      : [],
  );
};

const anything: SupportNode = { level: 'honoured', note: '' };
const unknown: SupportNode = { level: 'not honoured', note: 'not known to the gateway' };

const unknownAmong = (key: string, { fields }: SupportNode): SupportNode => ({
  ...unknown,
  note: unknown.note + meant(key, Object.keys(fields ?? {})),
});

const meant = (name: string, known: readonly string[]): string => {
  const close = nearest(name, known, 2);
  return close ? `; did you mean ${close}?` : '';
};

const said = (node: SupportNode): Pick<SupportLine, 'level' | 'note'> => ({ level: node.level, note: node.note });

const resourceLines = (resource: Resource, lines: SupportLine[]): void => {
  const { logicalId, type: resourceType, place } = resource;
  const node = entry(typeTable, resourceType);
  if (!node) {
    lines.push({
      logicalId,
      resourceType,
      property: '',
      level: 'not honoured',
      note: `this resource type does not run here${meant(resourceType, Object.keys(typeTable))}`,
      place,
    });
    return;
  }
  lines.push({ logicalId, resourceType, property: '', ...said(node), place });
  const visit = (value: Plain, node: SupportNode, path: string, where: Place, depth: number): void => {
    const at = node.judge ? node.judge(value) : node;
    if (depth === 1 || at.level !== 'honoured') {
      lines.push({ logicalId, resourceType, property: path, ...said(at), place: where });
    }
    if (at.level === 'not honoured') return;
    const note = typeof value === 'string' ? fromElsewhere(value) : null;
    if (note !== null)
      lines.push({ logicalId, resourceType, property: path, level: 'not honoured', note, place: where });
    if (!at.fields && !at.each && typeof value === 'object' && value !== null) {
      // Honoured whatever stands in it; only texts that lead elsewhere are looked for.
      for (const [key, inner] of Object.entries(value))
        visit(inner, anything, `${path}.${key}`, placeOf(value, key) ?? where, depth + 2);
    } else if (isList(value) && (at.each || at.fields)) {
      const item = at.each ?? at;
      value.forEach((inner, i) => {
        visit(
          inner,
          at.each ? item : { ...at, level: 'honoured' },
          `${path}.${i}`,
          placeOf(value, i) ?? where,
          depth + 1,
        );
      });
    } else if (isMap(value) && (at.fields || at.each)) {
      for (const [key, inner] of Object.entries(value)) {
        const next =
          (at.fields && Object.hasOwn(at.fields, key) ? at.fields[key] : undefined) ??
          at.each ??
          ignored(at, key) ??
          unknownAmong(key, at);
        visit(inner, next, path ? `${path}.${key}` : key, placeOf(value, key) ?? where, depth + 1);
      }
    }
  };
  const root: SupportNode = { ...node, level: 'honoured' };
  if (entry(resource.properties, 'Ref') === undefined) visit(resource.properties, root, '', place, 0);
  if (node.metadata)
    visit(resource.metadata, { level: 'honoured', note: '', fields: { ...node.metadata } }, 'Metadata', place, 2);
};

const fromElsewhere = (text: string): string | null => {
  if (text.includes('{{resolve:')) return 'a dynamic reference stays as it is written';
  const imported = /\{\{import:.*?\}\}/.exec(text);
  return imported ? `the export of another stack is not here; ${imported[0]} stands for it` : null;
};

/** Extensions of OpenAPI that belong to other tools are no business of API Gateway either. */
const ignored = (node: SupportNode, key: string): SupportNode | undefined =>
  node.foreignExtensions && key.startsWith('x-') && !key.startsWith('x-amazon-apigateway')
    ? { level: 'honoured', note: '' }
    : undefined;
