import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { allows, areaOf, arrows } from './areas.ts';
import { exists, type Import, importsOf, root, sourceFiles } from './imports.ts';

const files = sourceFiles();
const imports = files.flatMap(importsOf);
const from = (folder: string) => imports.filter(({ file }) => file.startsWith(folder));
const at = ({ file, line, specifier }: Import): string => `${file}:${line} imports ${specifier}`;

/** `@scope/name/part` belongs to the package `@scope/name`. */
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

const packagesOf = (found: readonly Import[]) =>
  found.filter(({ specifier, target }) => target === null && !isBuiltin(specifier) && !specifier.startsWith('/opt/'));

describe('the arrows of the house (the table is in test/house/areas.ts)', () => {
  test('every source file has a place in the table', () => {
    expect(files.filter((file) => areaOf(file) === null)).toEqual([]);
  });

  test('imports go the allowed way', () => {
    const wrong = imports
      .filter(({ file, target }) => target !== null && areaOf(file) !== null && !allows(areaOf(file)!, target))
      .map((each) => {
        const area = areaOf(each.file)!;
        return `${at(each)}; ${area} may import ${arrows[area]!.join(', ') || 'nothing'} besides itself`;
      });
    expect(wrong).toEqual([]);
  });

  test('the table tells right from wrong', () => {
    expect(allows('gateway/rest/', 'gateway/mapping/percent-encoding.ts')).toBe(true);
    expect(allows('gateway/rest/', 'gateway/http/http-plane.ts')).toBe(false);
    expect(allows('gateway/model/', 'gateway/clock.ts')).toBe(false);
    expect(allows('functions/market/', 'functions/bidding/place-bid.ts')).toBe(false);
    expect(allows('functions/domain/', 'functions/adapters/lots.ts')).toBe(false);
  });

  test('data planes never import each other', () => {
    const planes = ['gateway/rest/', 'gateway/http/', 'gateway/websocket/'];
    const wrong = imports.filter(
      ({ file, target }) =>
        planes.some((plane) => file.startsWith(plane)) &&
        planes.some((plane) => target?.startsWith(plane) && !file.startsWith(plane)),
    );
    expect(wrong.map(at)).toEqual([]);
  });

  test('the deployment and the gateway do not know each other', () => {
    const wrong = [
      ...from('gateway/').filter(({ target }) => /^(functions|layers)\//.test(target ?? '')),
      ...[...from('functions/'), ...from('layers/')].filter(({ target }) => target?.startsWith('gateway/')),
    ];
    expect(wrong.map(at)).toEqual([]);
  });

  test('nothing imports the command line or a page', () => {
    const wrong = imports.filter(
      ({ file, target }) =>
        (/^gateway\/(commands\/|main\.ts)/.test(target ?? '') && !/^gateway\/(commands\/|main\.ts)/.test(file)) ||
        (target?.startsWith('web/') && !file.startsWith('web/')),
    );
    expect(wrong.map(at)).toEqual([]);
  });

  test('the domain takes nothing from Node and no package but its schemas', () => {
    const wrong = from('functions/domain/').filter(
      ({ target, specifier }) => target === null && specifier !== 'zod/mini',
    );
    expect(wrong.map(at)).toEqual([]);
  });
});

test('what the gateway imports comes with its package', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const wrong = packagesOf(from('gateway/')).filter(
    ({ specifier }) => !(packageOf(specifier) in manifest.dependencies),
  );
  expect(wrong.map((each) => `${at(each)}, which is not among the dependencies in package.json`)).toEqual([]);
});

test('imports of our own files name files that exist, with their ending', () => {
  const wrong = imports.filter(({ target }) => target !== null && !exists(target));
  expect(wrong.map(at)).toEqual([]);
});

test('Node modules are imported with node:', () => {
  expect(imports.filter(({ specifier }) => isBuiltin(specifier) && !specifier.startsWith('node:')).map(at)).toEqual([]);
});
