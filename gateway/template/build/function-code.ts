import { statSync } from 'node:fs';
import type { FunctionCode } from '../../model/lambda-function.ts';
import type { Place } from '../../model/place.ts';
import { createPackagedFiles, type PackagedFiles } from '../assets/packaged-files.ts';
import type { Reader } from '../reader.ts';
import type { Resource } from '../resource.ts';
import { displayPath } from '../text/display-path.ts';
import { entry } from '../text/plain.ts';
import type { Source } from './source.ts';

/** A function's code, and why it cannot run here; null where it can. */
export type FoundCode = { readonly code: FunctionCode; readonly unsupported: string | null };

/** Reads where the code of functions lies; what a tool has packaged is looked for once a folder. */
export const createCodeReader = (source: Source): ((resource: Resource) => FoundCode) => {
  const packagedIn = packagedByFolder(source);
  return (resource) => {
    const reader = source.read(resource);
    const given = entry(reader.source, 'Code');
    if (typeof given === 'string') return onThisDisk(source, resource, source.path(resource, given));
    const code = reader.within('Code');
    if (code.has('ZipFile')) return { code: { kind: 'inline', text: code.text('ZipFile') ?? '' }, unsupported: null };
    if (code.has('ImageUri')) return { code: { kind: 'remote', uri: code.text('ImageUri') ?? '' }, unsupported: null };
    const key = code.text('S3Key') ?? '';
    const file = packagedIn(resource).find(resource.metadata, 'Code', key);
    if (file !== null) return onThisDisk(source, resource, file);
    if (!code.has('S3Bucket')) {
      source.problems.add(`${resource.logicalId} has no code.`, resource.place, 'Give it CodeUri, InlineCode or Code.');
    }
    const uri = `s3://${code.text('S3Bucket') ?? ''}/${key}`;
    return { code: { kind: 'remote', uri }, unsupported: inS3('code', uri) };
  };
};

/** Asked for each resource: stacks may lie in several folders. */
export const packagedByFolder = (source: Source): ((resource: Resource) => PackagedFiles) => {
  const known = new Map<string, PackagedFiles>();
  return (resource) => {
    const folder = source.path(resource, '.');
    const packaged = known.get(folder) ?? createPackagedFiles(folder);
    known.set(folder, packaged);
    return packaged;
  };
};

/** `sam package` leaves such a template behind, and a template of CDK that was taken away from its assets is one. */
export const inS3 = (what: string, uri: string): string =>
  `its ${what} is not on this disk (${uri}): start with the template as it was before sam package, or as sam build, cdk synth or serverless package left it`;

/** Where a function or a layer says what it holds: SAM's own property, else CloudFormation's. */
export const placeOfContent = (reader: Reader, own: 'CodeUri' | 'ContentUri', raw: 'Code' | 'Content'): Place => {
  const place = reader.placeOf(own);
  return place === reader.placeOf('') ? reader.placeOf(raw) : place;
};

const onThisDisk = (source: Source, resource: Resource, path: string): FoundCode => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    source.problems.add(
      `${resource.logicalId}: there is no file or folder ${displayPath(path)}.`,
      placeOfContent(source.read(resource), 'CodeUri', 'Code'),
      'Mend the path of its code; it is relative to the template.',
    );
    return { code: { kind: 'directory', dir: path }, unsupported: null };
  }
  if (found.isDirectory()) return { code: { kind: 'directory', dir: path }, unsupported: null };
  if (/\.jar$/i.test(path))
    return { code: { kind: 'zip', file: path }, unsupported: `its code, ${displayPath(path)}, is an archive of Java` };
  return { code: { kind: /\.zip$/i.test(path) ? 'zip' : 'file', file: path }, unsupported: null };
};
