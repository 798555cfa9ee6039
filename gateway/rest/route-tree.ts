/** What can be routed to: a resource's path template and one of its methods. */
export type Routable = { readonly resourcePath: string; readonly httpMethod: string };

export type PathParameters = Readonly<Record<string, string>>;

export type RouteMatch<Target> = { readonly target: Target; readonly pathParameters: PathParameters | null };

export type RouteTree<Target> = (verb: string, segments: readonly string[]) => RouteMatch<Target> | null;

type Node<Target> = {
  readonly literals: Map<string, Node<Target>>;
  parameter: { readonly name: string; readonly node: Node<Target> } | null;
  greedy: { readonly name: string; readonly node: Node<Target> } | null;
  readonly methods: Map<string, Target>;
};

/** The verbs that a method can have; ANY stands for these seven and is itself none that a client could send. */
const ANY_VERBS = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']);

const newNode = <Target>(): Node<Target> => ({
  literals: new Map(),
  parameter: null,
  greedy: null,
  methods: new Map(),
});

const childOf = <Target>(node: Node<Target>, part: string): Node<Target> => {
  if (part.startsWith('{') && part.endsWith('+}')) {
    node.greedy ??= { name: part.slice(1, -2), node: newNode() };
    return node.greedy.node;
  }
  if (part.startsWith('{') && part.endsWith('}')) {
    node.parameter ??= { name: part.slice(1, -1), node: newNode() };
    return node.parameter.node;
  }
  let child = node.literals.get(part);
  if (!child) {
    child = newNode();
    node.literals.set(part, child);
  }
  return child;
};

/** The parts of a resource's path: `/lots/{lotId}` → `lots`, `{lotId}`. */
export const pathParts = (path: string): readonly string[] => path.split('/').filter((part) => part !== '');

/**
 * Compiles resources into a tree. A match is a (resource, method) pair: a resource that has the path but not the verb
 * is passed over for a less specific one. At each level a literal comes before a parameter, and a parameter before
 * the greedy of an ancestor; an exact verb comes before ANY. A parameter and a greedy need at least one character.
 */
export const compileRouteTree = <Target extends Routable>(targets: readonly Target[]): RouteTree<Target> => {
  const root: Node<Target> = newNode();
  for (const target of targets) {
    let node = root;
    for (const part of pathParts(target.resourcePath)) node = childOf(node, part);
    node.methods.set(target.httpMethod, target);
  }

  const methodOf = (node: Node<Target>, verb: string): Target | undefined =>
    ANY_VERBS.has(verb) ? (node.methods.get(verb) ?? node.methods.get('ANY')) : undefined;

  const found = (target: Target | undefined): RouteMatch<Target> | null =>
    target ? { target, pathParameters: null } : null;
  const withParameter = (match: RouteMatch<Target>, name: string, value: string): RouteMatch<Target> => ({
    target: match.target,
    pathParameters: { [name]: value, ...match.pathParameters },
  });

  const descend = (
    node: Node<Target>,
    verb: string,
    segments: readonly string[],
    at: number,
  ): RouteMatch<Target> | null => {
    if (at === segments.length) return found(methodOf(node, verb));
    const segment = segments[at]!;
    const literal = node.literals.get(segment);
    const byLiteral = literal ? descend(literal, verb, segments, at + 1) : null;
    if (byLiteral) return byLiteral;
    if (node.parameter && segment !== '') {
      const byParameter = descend(node.parameter.node, verb, segments, at + 1);
      if (byParameter) return withParameter(byParameter, node.parameter.name, segment);
    }
    if (node.greedy) {
      const byGreedy = found(methodOf(node.greedy.node, verb));
      if (byGreedy) return withParameter(byGreedy, node.greedy.name, segments.slice(at).join('/'));
    }
    return null;
  };

  return (verb, segments) => descend(root, verb, segments, 0);
};
