import { decodePathText } from '../mapping/percent-encoding.ts';

export type PathParameters = Readonly<Record<string, string>>;

export type Routable = {
  /** `GET /lots/{lotId}`, `ANY /x/{proxy+}` or `$default`. */
  readonly routeKey: string;
};

export type RouteMatch<Route> = { readonly route: Route; readonly pathParameters: PathParameters | null };

export type RouteTable<Route> = (method: string, path: string) => RouteMatch<Route> | null;

type Segment = { readonly kind: 'literal' | 'variable' | 'greedy'; readonly text: string };

type Candidate<Route> = {
  readonly route: Route;
  readonly method: string;
  readonly segments: readonly Segment[];
  readonly greedy: boolean;
  /** Literal segments; of a greedy route those before its first variable. */
  readonly literals: number;
};

/** The path of a request in segments; one trailing slash does not count (choice: it reaches the same route). */
export const pathSegments = (path: string): readonly string[] => {
  const end = path.endsWith('/') ? path.length - 1 : path.length;
  return end <= 0 ? [] : path.slice(1, end).split('/');
};

/**
 * Compiles routes into lists from the most to the least specific, so that the first that fits is the answer: full
 * matches before greedy ones before `$default`; then the more literal segments; then an explicit method before ANY.
 * A method that does not fit falls through to the next candidate. A variable needs at least one character.
 */
export const compileRouteTable = <Route extends Routable>(routes: readonly Route[]): RouteTable<Route> => {
  const candidates = routes
    .filter((route) => route.routeKey !== '$default')
    .map(candidate)
    .sort(moreSpecificFirst);
  const greedy = candidates.filter((entry) => entry.greedy);
  const full = Map.groupBy(
    candidates.filter((entry) => !entry.greedy),
    (entry) => entry.segments.length,
  );
  const fallback = routes.find((route) => route.routeKey === '$default');

  return (method, path) => {
    const segments = pathSegments(path);
    const match = firstFit(full.get(segments.length), method, segments) ?? firstFit(greedy, method, segments);
    if (match) return match;
    return fallback ? { route: fallback, pathParameters: null } : null;
  };
};

const candidate = <Route extends Routable>(route: Route): Candidate<Route> => {
  const space = route.routeKey.indexOf(' ');
  const segments = pathSegments(route.routeKey.slice(space + 1)).map(readSegment);
  const greedy = segments.at(-1)?.kind === 'greedy';
  const firstVariable = segments.findIndex((segment) => segment.kind !== 'literal');
  const literals = greedy ? firstVariable : segments.filter((segment) => segment.kind === 'literal').length;
  return { route, method: route.routeKey.slice(0, space), segments, greedy, literals };
};

const readSegment = (text: string): Segment => {
  if (!text.startsWith('{') || !text.endsWith('}')) return { kind: 'literal', text };
  return text.endsWith('+}')
    ? { kind: 'greedy', text: text.slice(1, -2) }
    : { kind: 'variable', text: text.slice(1, -1) };
};

const moreSpecificFirst = (a: Candidate<unknown>, b: Candidate<unknown>): number =>
  b.literals - a.literals ||
  Number(a.method === 'ANY') - Number(b.method === 'ANY') ||
  // What AWS does with what is still equal is not known: longer templates first, then literals on the left.
  b.segments.length - a.segments.length ||
  literalPositions(b).localeCompare(literalPositions(a));

const literalPositions = (entry: Candidate<unknown>): string =>
  entry.segments.map((segment) => (segment.kind === 'literal' ? '1' : '0')).join('');

const firstFit = <Route>(
  candidates: readonly Candidate<Route>[] | undefined,
  method: string,
  segments: readonly string[],
): RouteMatch<Route> | null => {
  if (!candidates) return null;
  for (const entry of candidates) {
    if ((entry.method === method || entry.method === 'ANY') && fits(entry, segments)) {
      return { route: entry.route, pathParameters: parametersOf(entry, segments) };
    }
  }
  return null;
};

const fits = ({ segments: template, greedy }: Candidate<unknown>, segments: readonly string[]): boolean => {
  const fixed = greedy ? template.length - 1 : template.length;
  for (let i = 0; i < fixed; i++) {
    const part = template[i]!;
    const segment = segments[i];
    if (part.kind === 'literal' ? segment !== part.text : segment === undefined || segment === '') return false;
  }
  if (!greedy) return segments.length === fixed;
  return segments.length > fixed + 1 || (segments.length > fixed && segments[fixed] !== '');
};

const parametersOf = (
  { segments: template }: Candidate<unknown>,
  segments: readonly string[],
): PathParameters | null => {
  let parameters: Record<string, string> | null = null;
  for (let i = 0; i < template.length; i++) {
    const part = template[i]!;
    if (part.kind === 'literal') continue;
    const value = part.kind === 'greedy' ? segments.slice(i).join('/') : segments[i]!;
    parameters ??= {};
    parameters[part.text] = decodePathText(value);
  }
  return parameters;
};
