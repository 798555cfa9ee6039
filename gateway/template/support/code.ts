import { statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Application } from '../../model/application.ts';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import { placeOfContent } from '../build/function-code.ts';
import type { Source } from '../build/source.ts';
import type { Resource } from '../resource.ts';
import type { SupportLine } from '../support.ts';
import { displayPath } from '../text/display-path.ts';

/** What is to be said of the code of functions and layers once it was looked for. */
export const linesOfCode = (application: Application, source: Source): readonly SupportLine[] => {
  const resourceOf = new Map(
    ['AWS::Lambda::Function', 'AWS::Lambda::LayerVersion'].flatMap((type) =>
      source.ofType(type).map((resource) => [resource.logicalId, resource] as const),
    ),
  );
  const line = (logicalId: string, property: string, level: SupportLine['level'], note: string): SupportLine => {
    const resource = resourceOf.get(logicalId)!;
    const reader = source.read(resource);
    const place =
      property === 'Code'
        ? placeOfContent(reader, 'CodeUri', property)
        : property === 'Content'
          ? placeOfContent(reader, 'ContentUri', property)
          : reader.placeOf(property);
    return { logicalId, resourceType: resource.type, property, level, note, place };
  };
  const ofFunction = (fn: LambdaFunction): readonly SupportLine[] => {
    if (fn.unsupported !== null) {
      // A line of its own stands at another runtime, and at an image.
      if (!fn.runtime.startsWith('nodejs') || (fn.code.kind !== 'remote' && fn.code.kind !== 'zip')) return [];
      return [line(fn.logicalId, 'Code', 'not honoured', `${fn.unsupported}; the function answers 501`)];
    }
    const stands = standsForS3(source, resourceOf.get(fn.logicalId)!, 'Code', placeOnDisk(fn));
    const handler = fn.code.kind === 'directory' && fn.runtime.startsWith('nodejs') ? ofHandler(fn, fn.code.dir) : null;
    return [
      ...(stands === null ? [] : [line(fn.logicalId, 'Code', 'differently', stands)]),
      ...(handler === null ? [] : [line(fn.logicalId, 'Handler', handler.level, handler.note)]),
    ];
  };
  return [
    ...application.functions.flatMap(ofFunction),
    ...application.layers.flatMap(({ logicalId, mount, unsupported }): readonly SupportLine[] => {
      if (unsupported !== null)
        return [line(logicalId, 'Content', 'not honoured', `${unsupported}; functions run without it`)];
      const file = mount === null ? null : mount.kind === 'zip' ? mount.file : mount.dir;
      const stands = standsForS3(source, resourceOf.get(logicalId)!, 'Content', file);
      return stands === null ? [] : [line(logicalId, 'Content', 'differently', stands)];
    }),
  ];
};

type Said = Pick<SupportLine, 'level' | 'note'>;

/** Lambda takes any handler and fails when it is called; here it can be said before. */
const ofHandler = ({ handler, build }: LambdaFunction, folder: string): Said | null => {
  const willFail = (why: string): Said => ({ level: 'not honoured', note: `${why}; calls will fail` });
  // One of a layer is not looked for.
  if (handler.startsWith('/')) return null;
  const module = moduleOf(handler);
  if (module === null || handler.includes('..')) return willFail('it is no FILE.EXPORT');
  if (build !== null) {
    const isMade = build.entryPoints.some((entry) => nameOf(entry) === nameOf(module));
    return isMade ? null : willFail(`no entry point of its build makes ${module}`);
  }
  const file = join(folder, module);
  if (isAnyFile(file, ['', '.js', '.mjs', '.cjs'])) return null;
  return isAnyFile(file, ['.ts', '.mts', '.cts'])
    ? { level: 'differently', note: unaskedBuild }
    : willFail(`there is no ${module}.js, .mjs or .cjs in its code`);
};

/** Lambda loads no TypeScript: it looks for .js, .mjs and .cjs alone. */
const unaskedBuild =
  'its TypeScript is built here; sam deploy would upload it as it lies, and Lambda would not find the handler. ' +
  'Metadata: BuildMethod: esbuild asks for a build';

const placeOnDisk = ({ code }: LambdaFunction): string | null =>
  code.kind === 'directory' ? code.dir : code.kind === 'zip' || code.kind === 'file' ? code.file : null;

const standsForS3 = (source: Source, resource: Resource, property: string, file: string | null): string | null => {
  const reader = source.read(resource);
  const written = reader.source[property];
  if (file === null || typeof written !== 'object') return null;
  const { S3Bucket, S3Key } = reader.map(property);
  return S3Key === undefined ? null : `${displayPath(file)} stands for s3://${String(S3Bucket)}/${String(S3Key)}`;
};

/** `src/app.handlers.list` is the file `src/app`: what follows the first dot of its last part is the export. */
const moduleOf = (handler: string): string | null => {
  const slash = handler.lastIndexOf('/') + 1;
  const dot = handler.indexOf('.', slash);
  return dot <= slash ? null : handler.slice(0, dot);
};

/** Of an entry point or a module: the last part of its path, without an extension that esbuild would replace. */
const nameOf = (file: string): string => basename(file).replace(/\.[cm]?[jt]sx?$/, '');

const isAnyFile = (file: string, extensions: readonly string[]): boolean =>
  extensions.some((extension) => statSync(file + extension, { throwIfNoEntry: false })?.isFile());
