import type { PackagedFiles } from '../assets/packaged-files.ts';
import type { FileReader } from '../intrinsics/include.ts';
import { intrinsicName } from '../intrinsics/pending.ts';
import type { Problems } from '../problems.ts';
import type { Resource, Resources } from '../resource.ts';
import { describe, entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { mergePlaces, placeOf, setPlace } from '../text/positions.ts';
import { bundled } from './file-references.ts';

/** Where the four kinds of API have their definition: written out, or in a file. */
const keys: Readonly<Record<string, { readonly body: string; readonly file: string }>> = {
  'AWS::Serverless::Api': { body: 'DefinitionBody', file: 'DefinitionUri' },
  'AWS::Serverless::HttpApi': { body: 'DefinitionBody', file: 'DefinitionUri' },
  'AWS::ApiGateway::RestApi': { body: 'Body', file: 'BodyS3Location' },
  'AWS::ApiGatewayV2::Api': { body: 'Body', file: 'BodyS3Location' },
};

/** The key under which a type of resource has its definition; undefined for other types. */
export const definitionKey = (type: string): string | undefined => entry(keys, type)?.body;

/** The resources with their APIs' definitions in place: files read, and what they take from other files laid in. */
export const withDefinitions = (
  resources: Resources,
  readFile: FileReader,
  packaged: PackagedFiles,
  problems: Problems,
): Resources => {
  const read = new Map<string, Resource>();
  for (const [logicalId, resource] of resources) {
    const known = entry(keys, resource.type);
    read.set(logicalId, known ? withDefinition(resource, known, readFile, packaged, problems) : resource);
  }
  return read;
};

const withDefinition = (
  resource: Resource,
  { body, file }: { readonly body: string; readonly file: string },
  readFile: FileReader,
  packaged: PackagedFiles,
  problems: Problems,
): Resource => {
  const { properties, logicalId } = resource;
  const given = entry(properties, body) ?? null;
  const location = locationOf(resource, file, packaged);
  if (location !== null && given !== null) {
    problems.add(
      `${logicalId} has both ${body} and ${file}.`,
      placeOf(properties, file) ?? resource.place,
      'Keep one of the two.',
    );
  }
  if (typeof given === 'string' && isSam(resource)) {
    const what = `${body} of ${logicalId} must be a map, not text.`;
    problems.add(what, placeOf(properties, body) ?? resource.place, 'Mend its value: SAM reads no text there.');
  }
  let definition = given;
  if (given === null && typeof location === 'string' && !location.startsWith('s3:')) {
    definition = readFile(location, properties, file);
    if (definition !== null && !isMap(definition)) {
      problems.add(
        `${file} of ${logicalId} leads to a file that holds ${describe(definition)}.`,
        placeOf(properties, file) ?? resource.place,
        'Let it hold an OpenAPI definition.',
      );
    }
    refuseIntrinsics(definition, logicalId, problems);
  } else if (given === null && isSam(resource) && isMap(location) && entry(location, 'Bucket') === undefined) {
    const remedy = 'Name a file beside the template; sam deploy uploads it.';
    problems.add(`${file} of ${logicalId} names no file.`, placeOf(properties, file) ?? resource.place, remedy);
  }
  if (!isMap(definition)) return resource;
  const complete = bundled(definition, readFile, problems);
  if (complete === given) return resource;
  const laid: PlainMap = { [body]: complete };
  const at = placeOf(properties, given === null ? file : body);
  if (at) setPlace(laid, at, new Map([[body, at]]));
  return { ...resource, properties: mergePlaces({ ...properties, ...laid }, properties, laid) };
};

const isSam = ({ type }: Resource): boolean => type.startsWith('AWS::Serverless::');

/** What CDK uploads lies beside the template. */
const locationOf = ({ properties, metadata }: Resource, key: string, packaged: PackagedFiles): Plain => {
  const location = entry(properties, key) ?? null;
  const object = location !== null && isMap(location) ? entry(location, 'Key') : undefined;
  return packaged.find(metadata, key, typeof object === 'string' ? object : '') ?? location;
};

/** SAM resolves intrinsics in an included definition alone; API Gateway would stumble over them. */
const refuseIntrinsics = (value: Plain, logicalId: string, problems: Problems, seen = new Set<Plain>()): void => {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  const called = intrinsicName(value);
  if (called === null) {
    for (const inner of Object.values(value)) refuseIntrinsics(inner, logicalId, problems, seen);
    return;
  }
  problems.add(
    `The definition of ${logicalId} calls ${called}, which AWS does not resolve in a file that it takes as it is.`,
    placeOf(value as PlainMap),
    'Bring the file in by DefinitionBody: Fn::Transform: {Name: AWS::Include, Parameters: {Location: file}}.',
  );
};
