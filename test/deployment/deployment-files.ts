/** The deployment's own files as plain data, read with nothing of the gateway's, so that these tests judge both alike. */
import { readdirSync, readFileSync } from 'node:fs';
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

const root = new URL('../../', import.meta.url);
export const readText = (path: string): string => readFileSync(new URL(path, root), 'utf8');
export const listFolder = (path: string): readonly string[] =>
  readdirSync(new URL(`${path}/`, root), { recursive: true }).map((name) => String(name).replaceAll('\\', '/'));

/** `!Sub x` → `{ 'Fn::Sub': 'x' }`, for the tags that template.yaml uses. */
const tags = ['Ref', 'Sub', 'GetAtt', 'If', 'Not', 'Equals'].flatMap((name): (ScalarTag | CollectionTag)[] => {
  const key = name === 'Ref' ? 'Ref' : `Fn::${name}`;
  return [
    { tag: `!${name}`, resolve: (value: string) => ({ [key]: value }) },
    { tag: `!${name}`, collection: 'seq', resolve: (value) => ({ [key]: (value as { toJSON(): unknown }).toJSON() }) },
  ];
});

export type Resource = {
  readonly Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: what a template holds is asked in tests by its path
  readonly Properties: any;
  readonly Metadata?: { readonly BuildMethod: string; readonly BuildProperties: { readonly EntryPoints: string[] } };
};

export const template: {
  readonly Metadata: { readonly Gavel: { readonly SeedFunction: string } };
  readonly Globals: { readonly Function: Record<string, unknown> };
  readonly Resources: Readonly<Record<string, Resource>>;
} = parse(readText('template.yaml'), { customTags: tags });

export const resourcesOf = (type: string): readonly (readonly [string, Resource])[] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

export type Operation = {
  readonly operationId: string;
  readonly security: readonly unknown[];
  readonly 'x-amazon-apigateway-integration': { readonly type: string; readonly uri?: { readonly 'Fn::Sub': string } };
};

const verbs = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'x-amazon-apigateway-any-method']);

/** Method, path and operation of an OpenAPI file. */
export const operations = (file: string): readonly { method: string; path: string; operation: Operation }[] => {
  const { paths } = parse(readText(file)) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([verb]) => verbs.has(verb))
      .map(([verb, operation]) => ({ method: verb.toUpperCase(), path, operation })),
  );
};
