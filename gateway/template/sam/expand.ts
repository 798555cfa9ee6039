import { didYouMean, type Problems } from '../problems.ts';
import type { Resource, Resources } from '../resource.ts';
import { entry, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { setPlace } from '../text/positions.ts';
import { expandApi } from './api.ts';
import type { ApiEvent } from './api-event.ts';
import type { Expansion } from './expansion.ts';
import { mapAt, textAt } from './expansion.ts';
import { expandFunction } from './function.ts';
import { implicitApis } from './function-events.ts';
import { withGlobals } from './globals.ts';
import { expandHttpApi } from './http-api.ts';
import { expandLayerVersion } from './layer-version.ts';
import { refuseOddShapes } from './shapes.ts';
import { expandSimpleTable } from './simple-table.ts';
import { expandStateMachine } from './state-machine.ts';
import { expandWebSocketApi } from './websocket-api.ts';

const kinds: Readonly<Record<string, (resource: Resource, expansion: Expansion) => void>> = {
  'AWS::Serverless::Api': expandApi,
  'AWS::Serverless::HttpApi': expandHttpApi,
  'AWS::Serverless::WebSocketApi': expandWebSocketApi,
  'AWS::Serverless::SimpleTable': expandSimpleTable,
  'AWS::Serverless::LayerVersion': expandLayerVersion,
  'AWS::Serverless::StateMachine': expandStateMachine,
};

export type Expanded = {
  readonly resources: Resources;
  readonly referable: ReadonlyMap<string, string>;
};

/**
 * Turns every `AWS::Serverless::*` resource into the CloudFormation resources that the SAM translator would make, so that
 * one reader of CloudFormation serves both kinds of template.
 */
export const expandSam = (
  source: Resources,
  readFile: (location: string, owner: PlainMap, key: string) => Plain,
  problems: Problems,
): Expanded => {
  const expansion: Expansion = {
    source,
    resources: new Map(),
    referable: new Map(),
    apiEvents: new Map<string, ApiEvent[]>(),
    problems,
    readFile,
  };
  // Functions first: their events make operations of the APIs. The order of the template is restored at the end.
  const made = new Map<string, readonly Resource[]>();
  const run = (resource: Resource, expand: (resource: Resource, expansion: Expansion) => void): void => {
    refuseOddShapes(resource, problems);
    const before = new Set(expansion.resources.keys());
    expand(resource, expansion);
    made.set(
      resource.logicalId,
      [...expansion.resources.values()].filter(({ logicalId }) => !before.has(logicalId)),
    );
  };
  for (const resource of source.values()) {
    if (resource.type === 'AWS::Serverless::Function') run(resource, expandFunction);
  }
  for (const resource of source.values()) {
    const expand = entry(kinds, resource.type);
    if (expand) run(resource, expand);
    else if (resource.type !== 'AWS::Serverless::Function') {
      refuseUnknownType(resource, problems);
      made.set(resource.logicalId, [resource]);
    }
  }
  const resources = new Map<string, Resource>();
  for (const logicalId of source.keys()) {
    for (const resource of made.get(logicalId) ?? []) resources.set(resource.logicalId, resource);
  }
  return { resources, referable: expansion.referable };
};

/** SAM's other types are left as they are, and `check` says that they do not run. */
const others = ['Application', 'CapacityProvider', 'Connector', 'GraphQLApi'].map((name) => `AWS::Serverless::${name}`);

const refuseUnknownType = ({ type, logicalId, place }: Resource, problems: Problems): void => {
  const known = ['AWS::Serverless::Function', ...Object.keys(kinds), ...others];
  if (!type.startsWith('AWS::Serverless::') || known.includes(type)) return;
  problems.add(`${logicalId}: SAM has no type ${type}.`, place, `Mend its Type.${didYouMean(type, known)}`);
};

/** Lays Globals under the SAM resources, and adds the APIs that events without one ask for, after all others. */
export const withImplicitApis = (resources: Resources, globals: PlainMap): Resources => {
  const merged = new Map<string, Resource>();
  for (const [logicalId, resource] of resources) {
    const properties = resource.type.startsWith('AWS::Serverless::')
      ? withGlobals(globals, resource.type, resource.properties, resource.ignoreGlobals)
      : resource.properties;
    merged.set(logicalId, { ...resource, properties });
  }
  for (const kind of ['Api', 'HttpApi'] as const) {
    const logicalId = implicitApis[kind];
    const first = firstImplicitEvent(merged, kind);
    if (!first || merged.has(logicalId)) continue;
    const type = `AWS::Serverless::${kind}`;
    const own: PlainMap = { StageName: kind === 'Api' ? 'Prod' : '$default' };
    setPlace(own, first.place);
    merged.set(logicalId, {
      logicalId,
      type,
      properties: withGlobals(globals, type, own),
      written: own,
      metadata: {},
      dependsOn: [],
      ignoreGlobals: null,
      place: first.place,
    });
  }
  return merged;
};

const firstImplicitEvent = (resources: Resources, kind: 'Api' | 'HttpApi'): Resource | null => {
  for (const resource of resources.values()) {
    if (resource.type !== 'AWS::Serverless::Function') continue;
    for (const event of Object.values(mapAt(resource.properties, 'Events'))) {
      if (!isMap(event) || textAt(event, 'Type') !== kind) continue;
      if (entry(mapAt(event, 'Properties'), kind === 'Api' ? 'RestApiId' : 'ApiId') === undefined) return resource;
    }
  }
  return null;
};
