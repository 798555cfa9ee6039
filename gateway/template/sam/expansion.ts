import { createHash } from 'node:crypto';
import type { Problems } from '../problems.ts';
import type { Resource, Resources } from '../resource.ts';
import { entry, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace } from '../text/positions.ts';
import type { ApiEvent } from './events/api-event.ts';

/** What the expansion of SAM resources has made so far. */
export type Expansion = {
  /** The template's own resources, Globals laid under them. */
  readonly source: Resources;
  readonly resources: Map<string, Resource>;
  /** Resources of the template's own that events are laid into: a bucket's notifications, a user pool's triggers. */
  readonly changed: Map<string, Resource>;
  /** `Fn.Alias` and its like → the logical id it stands for. */
  readonly referable: Map<string, string>;
  /** Function events of type Api and HttpApi, by the logical id of their API. */
  readonly apiEvents: Map<string, ApiEvent[]>;
  readonly problems: Problems;
  /** Reads a local file that a property names (DefinitionUri). */
  readFile(location: string, owner: PlainMap, key: string): Plain;
};

/** Adds a resource that stands for (a part of) the SAM resource it comes from. */
export const make = (
  expansion: Expansion,
  origin: Resource,
  logicalId: string,
  type: string,
  properties: Readonly<Record<string, Plain | undefined>>,
  metadata: PlainMap = {},
): void => {
  refuseTakenId(expansion, origin, logicalId, type);
  const given = Object.entries(properties).filter((pair): pair is [string, Plain] => pair[1] !== undefined);
  expansion.resources.set(logicalId, {
    logicalId,
    type,
    properties: copyPlace(origin.properties, Object.fromEntries(given)),
    written: {},
    metadata,
    // What waits for the SAM resource waits for its parts, and they wait for what it waits for.
    dependsOn: logicalId === origin.logicalId ? origin.dependsOn : [],
    ignoreGlobals: null,
    place: origin.place,
  });
};

/** Types of which SAM lets what it makes and what the template declares be one resource. */
const shared = /^AWS::(S3::Bucket|SNS::Topic|Cognito::UserPool|ApiGateway::(DomainName|BasePathMapping)(V2)?)$/;

const refuseTakenId = ({ source, problems }: Expansion, origin: Resource, logicalId: string, type: string): void => {
  const taken = logicalId === origin.logicalId ? undefined : source.get(logicalId);
  if (!taken || (taken.type === type && shared.test(type))) return;
  problems.add(
    `SAM makes an ${type} named ${logicalId} for ${origin.logicalId}, and the template declares one of that name.`,
    taken.place,
    'Give yours another logical id.',
  );
};

/** Properties that go over as they are. */
export const pick = (properties: PlainMap, ...names: readonly string[]): Record<string, Plain> => {
  const picked: Record<string, Plain> = {};
  for (const name of names) {
    const value = entry(properties, name);
    if (value !== undefined) picked[name] = value;
  }
  return picked;
};

export const ref = (logicalId: string): PlainMap => ({ Ref: logicalId });
export const getAtt = (logicalId: string, attribute: string): PlainMap => ({ 'Fn::GetAtt': [logicalId, attribute] });
export const sub = (text: string, variables: PlainMap = {}): PlainMap => ({ 'Fn::Sub': [text, variables] });

/**
 * The part of a logical id that a stage's name makes: the name itself where it is of letters and digits, SAM's hash of it
 * where it is not, nothing where it is not written plainly.
 */
export const stageSuffix = (api: Resource): { readonly plain: boolean; readonly text: string } | null => {
  const name = entry(api.written, 'StageName');
  if (typeof name !== 'string') return null;
  const plain = /^[A-Za-z0-9]+$/.test(name);
  return { plain, text: plain ? name : createHash('sha1').update(name).digest('hex').slice(0, 10) };
};

/** The logical id of an API's stage. */
export const stageId = (api: Resource): string => {
  const suffix = stageSuffix(api);
  if (suffix === null) return `${api.logicalId}Stage`;
  return suffix.plain ? `${api.logicalId}${suffix.text}Stage` : `${api.logicalId}Stage${suffix.text}`;
};
