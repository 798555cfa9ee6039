import type { Place } from '../../model/place.ts';
import type { Plain, PlainMap } from '../text/plain.ts';
import type { StandIns } from './stand-ins.ts';

/** What `AWS::NoValue` evaluates to: the key or item that holds it goes away. */
export const removed: unique symbol = Symbol('AWS::NoValue');
export type Removed = typeof removed;

/** What stays for a later pass, because it names a resource whose local value is not known yet. */
export const later: unique symbol = Symbol('later');

/** How a pass reads names. `undefined` says that there is no such thing. */
export type Lookup = {
  ref(name: string): Plain | Removed | typeof later | undefined;
  getAtt(logicalId: string, attribute: string): Plain | typeof later | undefined;
  /** All that can be named, for "did you mean". */
  names(): Iterable<string>;
  /** The attributes of a resource, where they are all known; null where not. */
  attributes(logicalId: string): readonly string[] | null;
};

/** The parts of a template that functions read besides resources. */
export type Scope = {
  condition(name: string, place: Place | null): boolean;
  readonly mappings: PlainMap;
  readonly region: string;
  /** Whether the template asks for AWS::LanguageExtensions, which some functions need. */
  readonly languageExtensions: boolean;
  include(location: string, place: Place | null): Plain;
  /** What other stacks export, as far as it was given. */
  readonly exports: PlainMap;
  readonly standIns: StandIns;
};

/** One call of an intrinsic function. */
export type Call = {
  readonly name: string;
  readonly args: Plain;
  readonly node: PlainMap;
  readonly place: Place | null;
  readonly scope: Scope;
  readonly lookup: Lookup;
  evaluate(value: Plain): Plain | Removed;
  /** Evaluates the arguments, where removed ones count as absent. */
  arguments(): Plain;
  /** Reports a mistake in the call and gives a stand-in value. */
  refuse(what: string, remedy: string): Plain;
  /** The same call with simpler arguments, kept for the pass that knows resources. */
  keep(args: Plain): Plain;
};

export type IntrinsicFunction = (call: Call) => Plain | Removed;
