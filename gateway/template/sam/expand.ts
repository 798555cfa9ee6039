import { didYouMean, type Problems } from '../problems.ts';
import type { Resource, Resources } from '../resource.ts';
import { entry, isMap, mapAt, type Plain, type PlainMap, textAt } from '../text/plain.ts';
import { setPlace } from '../text/positions.ts';
import { expandApi } from './apis/api.ts';
import { expandHttpApi } from './apis/http-api.ts';
import { expandWebSocketApi } from './apis/websocket-api.ts';
import { expandApplication } from './application.ts';
import { expandCapacityProvider } from './capacity-provider.ts';
import { expandConnectors } from './connectors/connect.ts';
import { connectorType } from './connectors/written.ts';
import type { ApiEvent } from './events/api-event.ts';
import { implicitApis } from './events/function-events.ts';
import type { Expansion } from './expansion.ts';

import { expandDeploymentPreferences } from './functions/deployment-preference.ts';
import { expandFunction } from './functions/function.ts';
import { withGlobals } from './globals.ts';
import { expandLayerVersion } from './layer-version.ts';
import { refuseOddShapes } from './shapes.ts';
import { expandSimpleTable } from './simple-table.ts';
import { expandStateMachine } from './state-machines/state-machine.ts';

const kinds: Readonly<Record<string, (resource: Resource, expansion: Expansion) => void>> = {
  'AWS::Serverless::Api': expandApi,
  'AWS::Serverless::HttpApi': expandHttpApi,
  'AWS::Serverless::WebSocketApi': expandWebSocketApi,
  'AWS::Serverless::SimpleTable': expandSimpleTable,
  'AWS::Serverless::LayerVersion': expandLayerVersion,
  'AWS::Serverless::Application': expandApplication,
  'AWS::Serverless::CapacityProvider': expandCapacityProvider,
};

const kindsWithEvents: Readonly<Record<string, (resource: Resource, expansion: Expansion) => void>> = {
  'AWS::Serverless::Function': expandFunction,
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
    changed: new Map(),
    referable: new Map(),
    apiEvents: new Map<string, ApiEvent[]>(),
    problems,
    readFile,
  };
  // Functions and state machines first: their events make operations of the APIs. Connectors last: they read what the
  // others became. The order of the template is restored at the end.
  const made = new Map<string, readonly Resource[]>();
  const run = (resource: Resource, expand: (resource: Resource, expansion: Expansion) => void): void => {
    refuseOddShapes(resource, problems);
    made.set(
      resource.logicalId,
      withOwn(expansion, () => expand(resource, expansion)),
    );
  };
  for (const [type, expand] of Object.entries(kindsWithEvents)) {
    for (const resource of source.values()) if (resource.type === type) run(resource, expand);
  }
  for (const resource of source.values()) {
    const expand = entry(kinds, resource.type);
    if (expand) run(resource, expand);
    else if (!Object.hasOwn(kindsWithEvents, resource.type) && resource.type !== connectorType) {
      refuseUnknownType(resource, problems);
      made.set(resource.logicalId, [expansion.changed.get(resource.logicalId) ?? resource]);
    }
  }
  const deployments = withOwn(expansion, () => {
    const functions = [...source.values()].filter(({ type }) => type === 'AWS::Serverless::Function');
    expandDeploymentPreferences(functions, expansion);
  });
  const resources = new Map<string, Resource>();
  for (const resource of [...source.keys()].flatMap((logicalId) => made.get(logicalId) ?? [])) {
    resources.set(resource.logicalId, resource);
  }
  for (const resource of [...deployments, ...expandConnectors(source, resources, problems)]) {
    resources.set(resource.logicalId, resource);
  }
  return { resources, referable: expansion.referable };
};

/** Runs one expansion and gives what it made. */
const withOwn = (expansion: Expansion, run: () => void): readonly Resource[] => {
  const before = expansion.resources.size;
  run();
  return [...expansion.resources.values()].slice(before);
};

/** SAM's other types are left as they are, and `check` says that they do not run. */
const others = ['GraphQLApi', 'MicroVMImage', 'NetworkConnector', 'WebFunction'].map(
  (name) => `AWS::Serverless::${name}`,
);

const refuseUnknownType = ({ type, logicalId, place }: Resource, problems: Problems): void => {
  const known = [...Object.keys(kindsWithEvents), ...Object.keys(kinds), connectorType, ...others];
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
    if (!Object.hasOwn(kindsWithEvents, resource.type)) continue;
    for (const event of Object.values(mapAt(resource.properties, 'Events'))) {
      if (!isMap(event) || textAt(event, 'Type') !== kind) continue;
      if (entry(mapAt(event, 'Properties'), kind === 'Api' ? 'RestApiId' : 'ApiId') === undefined) return resource;
    }
  }
  return null;
};
