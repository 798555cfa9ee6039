import { existsSync } from 'node:fs';
import { createRequire, isBuiltin, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EnvironmentSpec, LayerMount } from '../environments/environment-spec.ts';

type Resolve = Parameters<typeof registerHooks>[0]['resolve'] & {};
type Context = Parameters<Resolve>[1];
type Next = Parameters<Resolve>[2];
type Resolved = ReturnType<Resolve>;

/**
 * Lets `require` and `import` find what they find on Lambda: layers under `/opt`, packages in layers, and a bundle's
 * external packages, looked for from its source, as the bundle itself lies elsewhere.
 */
export const resolveLikeLambda = (spec: EnvironmentSpec, scratch: string): void => {
  // Later layers lie over earlier ones.
  const layers = spec.layers.toReversed();
  const { resolveFrom, taskRoot, external } = spec.code;
  const bundleUrl = pathToFileURL(join(taskRoot, '/')).href;
  const packagesOfLayers = layers.flatMap((layer) => packagePlaces(layer, spec.runtimeMajor));
  const fromLayer = external.map(externalPattern);

  const resolve = (specifier: string, context: Context, next: Next): Resolved => {
    const inTmp = pathBelow('/tmp/', specifier);
    if (inTmp !== null && existsSync(join(scratch, inTmp))) {
      return next(inContext(join(scratch, inTmp), context), context);
    }
    const inOpt = pathBelow('/opt/', specifier);
    if (inOpt !== null) return next(inContext(findInLayers(layers, `/opt/${inOpt}`) ?? specifier, context), context);
    if (!isBare(specifier)) return next(specifier, context);
    const own = (): Resolved =>
      resolveFrom !== null && context.parentURL?.startsWith(bundleUrl)
        ? from(resolveFrom, specifier, context, next)
        : next(specifier, context);
    // What this search asks for comes by here again.
    if (searching) return next(specifier, context);
    const places = packagesOfLayers.map((place) => () => from(place, specifier, context, next));
    if (isOfTheRuntime(specifier)) places.push(() => from(import.meta.filename, specifier, context, next));
    const layerFirst = fromLayer.some((pattern) => pattern.test(specifier));
    return firstFound(layerFirst ? [...places, own] : [own, ...places]);
  };
  registerHooks({ resolve });
};

/** Lambda's runtime brings the SDK for code that does not; this gateway's own copy stands in for it. */
const isOfTheRuntime = (specifier: string): boolean => /^@(?:aws-sdk|smithy)\//.test(specifier);

const isBare = (specifier: string): boolean => !/^(?:[./\\#]|[a-z]+:)/i.test(specifier) && !isBuiltin(specifier);

const pathBelow = (folder: string, specifier: string): string | null => {
  const path = specifier.startsWith('file:///') ? specifier.slice('file://'.length) : specifier;
  return path.startsWith(folder) ? path.slice(folder.length) : null;
};

/** `layers` with the uppermost first. */
export const findInLayers = (layers: readonly LayerMount[], path: string): string | null => {
  for (const { kind, dir } of layers) {
    const mount = kind === 'opt' ? '/opt/' : '/opt/nodejs/';
    if (!path.startsWith(mount)) continue;
    const file = join(dir, path.slice(mount.length));
    // A layer's source may be TypeScript that is compiled for deployment only.
    for (const found of [file, file.replace(/\.([cm]?)js$/, '.$1ts'), `${file}.js`, `${file}.cjs`]) {
      if (existsSync(found)) return found;
    }
  }
  return null;
};

/** Files (that need not exist) from whose place a layer's packages are found. */
const packagePlaces = ({ kind, dir }: LayerMount, runtimeMajor: number): readonly string[] =>
  kind === 'opt'
    ? [join(dir, 'nodejs', `node${runtimeMajor}`, 'layer.js'), join(dir, 'nodejs', 'layer.js')]
    : [join(dir, 'layer.js')];

/** `@aws-lambda-powertools/*` and its like, with what lies below a package. */
const externalPattern = (text: string): RegExp => {
  const escaped = text.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}(?:/|$)`);
};

const isRequire = (context: Context): boolean => context.conditions.includes('require');

const inContext = (file: string, context: Context): string => (isRequire(context) ? file : pathToFileURL(file).href);

let searching = false;

/** `require` takes no other parent from a hook, so that it is asked from the place itself. */
const from = (place: string, specifier: string, context: Context, next: Next): Resolved => {
  if (!isRequire(context)) return next(specifier, { ...context, parentURL: pathToFileURL(place).href });
  searching = true;
  try {
    return { url: pathToFileURL(createRequire(place).resolve(specifier)).href, shortCircuit: true };
  } finally {
    searching = false;
  }
};

const firstFound = (attempts: readonly (() => Resolved)[]): Resolved => {
  let failure: unknown;
  for (const attempt of attempts) {
    try {
      return attempt();
    } catch (error) {
      failure ??= error;
    }
  }
  throw failure;
};
