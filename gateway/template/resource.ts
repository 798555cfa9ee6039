import type { Place } from '../model/place.ts';
import type { Plain, PlainMap } from './text/plain.ts';

/** A resource of a template, as written or as SAM's expansion made it. */
export type Resource = {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: PlainMap;
  /** The properties before anything was resolved: SAM names some parts by whether a value was written plainly. */
  readonly written: PlainMap;
  readonly metadata: PlainMap;
  readonly dependsOn: readonly string[];
  /** SAM's `IgnoreGlobals`. */
  readonly ignoreGlobals: Plain;
  /** SAM's `Connectors`, which stand beside the properties of a SAM resource or of CloudFormation's own. */
  readonly connectors?: Plain;
  readonly place: Place;
};

/** By logical id, in the order of the template. */
export type Resources = ReadonlyMap<string, Resource>;
