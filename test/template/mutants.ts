import { isCollection, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, Scalar, type YAMLMap } from 'yaml';

/** A template with one slip in it. */
export type Mutant = {
  readonly what: string;
  /** The resource that the slip is in; null for the rest of the template. */
  readonly resource: string | null;
  readonly text: string;
};

/** A stream of numbers from 0 to below 1 that a seed decides (mulberry32). */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Pick = <Item>(items: readonly Item[]) => Item;
type Spot = { readonly pair: Pair<Scalar, Node | null>; readonly map: YAMLMap; readonly path: readonly string[] };

/** Slips of a hand in a template's meaning: what stands there is still YAML. */
const slips: Readonly<Record<string, (spot: Spot, pick: Pick) => boolean>> = {
  'a key dropped': ({ map, pair }) => {
    map.items.splice(map.items.indexOf(pair), 1);
    return true;
  },
  'a key renamed': ({ pair }, pick) => {
    const name = String(pair.key.value);
    const at = pick([...name].map((_, i) => i));
    pair.key = new Scalar(
      pick([name.slice(0, at) + name.slice(at + 1), `${name}s`, `${name.slice(0, at)}x${name.slice(at)}`]),
    );
    return true;
  },
  'a value turned into text': ({ pair }) => changed(pair, new Scalar('text')),
  'a value turned into a list': ({ pair }) => changed(pair, parseDocument('[1, two]').contents as Node),
  'a value turned into a map': ({ pair }) => changed(pair, parseDocument('{ One: 1, Two: two }').contents as Node),
  'a value turned into a number': ({ pair }) => changed(pair, new Scalar(42)),
  'a value turned into nothing': ({ pair }) => changed(pair, null),
  'a list emptied': ({ pair }) => {
    if (!isSeq(pair.value) || pair.value.items.length === 0) return false;
    pair.value.items = [];
    return true;
  },
  'a reference broken': ({ pair }, pick) => {
    const { value } = pair;
    if (!isScalar(value) || !/^!(Ref|GetAtt|Sub)$/.test(value.tag ?? '')) return false;
    const text = String(value.value);
    const at = pick([...text].map((_, i) => i));
    value.value = text.slice(0, at) + text.slice(at + 1);
    return true;
  },
};

const changed = (pair: Pair<Scalar, Node | null>, value: Node | null): boolean => {
  if (isCollection(pair.value) === isCollection(value) && String(pair.value) === String(value)) return false;
  pair.value = value;
  return true;
};

/** Slips in the text itself. */
const typos: Readonly<Record<string, (line: string, pick: Pick) => string | null>> = {
  'a tab for spaces': (line) => (/^ {2}/.test(line) ? line.replace(/^ {2}/, '\t') : null),
  'one space too many': (line) => ` ${line}`,
  'one space too few': (line) => (line.startsWith(' ') ? line.slice(1) : null),
  'a quote that is not closed': (line) => (/: \S/.test(line) ? line.replace(/: (?=\S)/, ': "') : null),
  'a bracket that is not closed': (line) => (/[\]}]$/.test(line) ? line.slice(0, -1) : null),
  'a line twice': (line) => (/^\s*[\w:]+:/.test(line) ? `${line}\n${line}` : null),
  'an alias without an anchor': (line) => (/: \S/.test(line) ? line.replace(/: \S.*$/, ': *nobody') : null),
  'no colon': (line) => (line.includes(':') ? line.replace(':', '') : null),
};

export const mutantOf = (text: string, random: () => number): Mutant => {
  const pick: Pick = (items) => items[Math.floor(random() * items.length)]!;
  for (;;) {
    const what = pick([...Object.keys(slips), ...Object.keys(typos)]);
    const mutant = Object.hasOwn(slips, what) ? withSlip(text, what, pick) : withTypo(text, what, pick);
    if (mutant && mutant.text !== text) return mutant;
  }
};

const withSlip = (text: string, what: string, pick: Pick): Mutant | null => {
  const document = parseDocument(text, { logLevel: 'error' });
  const spots: Spot[] = [];
  const look = (node: unknown, path: readonly string[]): void => {
    if (isMap(node)) {
      for (const pair of node.items as Pair<Scalar, Node | null>[]) {
        const inner = [...path, String(pair.key.value)];
        spots.push({ pair, map: node, path: inner });
        look(pair.value, inner);
      }
    } else if (isSeq(node)) for (const item of node.items) look(item, [...path, '#']);
  };
  look(document.contents, []);
  const spot = pick(spots);
  if (!slips[what]!(spot, pick)) return null;
  const [section, name] = spot.path;
  const isInside = section === 'Resources' && spot.path.length > 2;
  return {
    what: `${what}: ${spot.path.join('.')}`,
    resource: isInside ? name! : null,
    text: document.toString({ lineWidth: 0 }),
  };
};

const withTypo = (text: string, what: string, pick: Pick): Mutant | null => {
  const lines = text.split('\n');
  const at = pick(lines.map((_, i) => i).filter((i) => lines[i]!.trim() !== '' && !lines[i]!.trim().startsWith('#')));
  const line = typos[what]!(lines[at]!, pick);
  if (line === null) return null;
  const before = lines.slice(0, at + 1);
  const inResources = before.findLast((each) => /^\w/.test(each))?.startsWith('Resources:');
  const owner = inResources ? before.findLast((each) => /^ {2}\w+:/.test(each)) : undefined;
  return {
    what: `${what}: line ${at + 1}`,
    resource: owner === undefined || owner === lines[at] ? null : owner.trim().replace(/:.*/, ''),
    text: lines.with(at, line).join('\n'),
  };
};
