import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Document, isMap, isSeq, type Node, Pair, parseDocument, Scalar, visit, type YAMLMap } from 'yaml';
import { GavelError, type Problem } from '#gateway/problem.ts';
import { readApplication } from '#gateway/template/read-application.ts';
import type { SupportLine } from '#gateway/template/support.ts';

/**
 * A property that the gateway does not know can never be dropped in silence: one is put into every map of every
 * template of ours, and each must be refused with its place, or told by `gavel check`.
 */
const root = join(import.meta.dirname, '../..');
const fixtures = join(root, 'test/oracle/sam-translator/fixtures');
const folder = mkdtempSync(join(tmpdir(), 'gavel-template-'));

beforeAll(() => {
  for (const name of ['functions', 'layers', 'node_modules', 'tsconfig.json', 'samconfig.toml'])
    symlinkSync(join(root, name), join(folder, name));
  cpSync(join(root, 'openapi'), join(folder, 'openapi'), { recursive: true });
  cpSync(join(root, 'template.yaml'), join(folder, 'template.yaml'));
  // Beside the application's samconfig.toml they would take its parameters.
  cpSync(fixtures, join(folder, 'fixtures'), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Path = readonly (string | number)[];

/** Maps whose keys are the author's own. Steps into lists are `#`. */
const free: readonly RegExp[] = [
  /^(Globals\.Function|Resources\.\w+\.Properties)\.(Environment\.Variables|Tags)$/,
  /^(Globals\.\w+|Resources\.\w+\.Properties)\.(Stage)?Variables$/,
  /\.StageVariableOverrides$/,
  /\.InputTransformer\.InputPathsMap$/,
  /^Metadata(\.|$)/,
  /^Outputs$/,
  /\.(request|response)Templates$/i,
  // Names of media types, headers, properties, and of parts that others refer to.
  /\.(content|headers|properties|security\.#)$/,
  /(^|\.)(components\.(schemas|securitySchemes)|definitions|securityDefinitions)$/,
  // A status.
  /\.(get|post|x-amazon-apigateway-any-method)\.responses$/,
];

const written = (path: Path): string => path.map((step) => (typeof step === 'number' ? '#' : step)).join('.');

/** Every map with a path to it; not those of a branch of `Fn::If`, of which one is not taken. */
const mapsOf = (document: Document): readonly Path[] => {
  const found: Path[] = [];
  const look = (node: unknown, path: Path): void => {
    if ((node as Node | null)?.tag === '!If') return;
    if (isMap(node)) {
      found.push(path);
      for (const { key, value } of node.items) look(value, [...path, String((key as Scalar).value)]);
    } else if (isSeq(node)) for (const [i, item] of node.items.entries()) look(item, [...path, i]);
  };
  look(document.contents, []);
  return found.filter((path) => !free.some((pattern) => pattern.test(written(path))));
};

const stranger = 'Zyzzyva';

type Outcome = { readonly support: readonly SupportLine[] } | { readonly problems: readonly Problem[] };

const read = (file: string): Outcome => {
  try {
    return { support: readApplication({ templateFile: join(folder, file), stackName: 'x' }).support };
  } catch (error) {
    if (error instanceof GavelError) return { problems: error.problems };
    throw error;
  }
};

/** Puts a stranger into each of those maps; every key has a line of its own. */
const write = (document: Document, file: string, paths: readonly Path[], all: readonly Path[]): string => {
  const changed = document.clone();
  for (const path of paths) {
    const map = (path.length === 0 ? changed.contents : changed.getIn(path)) as unknown as YAMLMap;
    map.items.push(new Pair(new Scalar(`${stranger}${all.indexOf(path)}x`), new Scalar(1)));
  }
  visit(changed, {
    Collection(_, node) {
      node.flow = false;
    },
  });
  const text = changed.toString({ lineWidth: 0 });
  writeFileSync(join(folder, file), text);
  return text;
};

/** The strangers that nobody told of. */
const droppedFrom = (file: string, template: string): readonly string[] => {
  const document = parseDocument(readFileSync(join(folder, file), 'utf8'), { logLevel: 'error' });
  const all = mapsOf(document);
  const absent = absentFrom(template);
  const dropped: string[] = [];
  const settle = (paths: readonly Path[]): void => {
    if (paths.length === 0) return;
    const text = write(document, file, paths, all);
    const outcome = read(template);
    if ('support' in outcome) {
      for (const path of paths) if (!isTold(outcome.support, path, all.indexOf(path))) dropped.push(written(path));
      return;
    }
    for (const { place, what } of outcome.problems) expect(place, what).not.toBeNull();
    if (paths.length === 1) return;
    const lines = text.split('\n');
    const lineOf = (path: Path): number =>
      lines.findIndex((line) => line.includes(`${stranger}${all.indexOf(path)}x`)) + 1;
    const blamed = paths.filter((path) => {
      const line = lineOf(path);
      return outcome.problems.some(
        ({ place, what }) => place!.line === line || what.includes(`${stranger}${all.indexOf(path)}x`),
      );
    });
    if (blamed.length > 0) {
      settle(paths.filter((path) => !blamed.includes(path)));
      return;
    }
    // A stranger stands last in its map: of what a problem names, it is likely the next one. Alone, it shows.
    const likely = new Set(outcome.problems.map(({ place }) => paths.find((path) => lineOf(path) >= place!.line)));
    likely.delete(undefined);
    if (likely.size > 0 && likely.size < paths.length) {
      for (const path of likely) settle([path!]);
      settle(paths.filter((path) => !likely.has(path)));
      return;
    }
    settle(paths.slice(0, paths.length / 2));
    settle(paths.slice(paths.length / 2));
  };
  const original = readFileSync(join(folder, file), 'utf8');
  settle(all.filter(([section, name]) => section !== 'Resources' || !absent.has(String(name))));
  writeFileSync(join(folder, file), original);
  return dropped;
};

/** Resources whose condition does not hold. */
const absentFrom = (template: string): ReadonlySet<string> => {
  const outcome = read(template);
  if ('problems' in outcome) throw new GavelError(...outcome.problems);
  const { Resources } = parseDocument(readFileSync(join(folder, template), 'utf8'), { logLevel: 'error' }).toJS();
  return new Set(Object.keys(Resources).filter((id) => !outcome.support.some(({ logicalId }) => logicalId === id)));
};

/** By a line of its own, or by one that says of all around it that it is not simply honoured. */
const isTold = (support: readonly SupportLine[], path: Path, index: number): boolean => {
  const name = `${stranger}${index}x`;
  const [section, owner, ...rest] = path;
  const inner = rest[0] === 'Properties' ? rest.slice(1).join('.') : rest.join('.');
  return support.some(({ logicalId, resourceType, property, level, note }) => {
    if (property.includes(name) || note.includes(name)) return true;
    if (level === 'honoured') return false;
    const isAround = property !== '' && `${inner}.`.startsWith(`${property}.`);
    if (section === 'Globals') return resourceType === `AWS::Serverless::${owner}` && isAroundGlobal(rest, property);
    return (
      section === 'Resources' && logicalId === owner && (isAround || (property === '' && level === 'not honoured'))
    );
  });
};

const isAroundGlobal = (path: Path, property: string): boolean =>
  property !== '' && `${path.join('.')}.`.startsWith(`${property}.`);

test.for(
  readdirSync(fixtures)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file)),
)('no property is dropped in silence: %s', (file) => {
  expect(droppedFrom(`fixtures/${file}`, `fixtures/${file}`)).toEqual([]);
});

test.for(['template.yaml', 'openapi/market.yaml', 'openapi/bidding.yaml'])('nor in our own %s', (file) => {
  expect(droppedFrom(file, 'template.yaml')).toEqual([]);
});
