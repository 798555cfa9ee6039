import type { SchemaNode } from './schema-node.ts';

/** Marks the schemas that can come to be applied to the same value again, so that only these need to be watched. */
export const markLoops = (nodes: Iterable<SchemaNode>): void => {
  for (const node of nodes) node.mayLoop = leadsBack(node);
};

const leadsBack = (start: SchemaNode): boolean => {
  const seen = new Set<SchemaNode>();
  const open = [...start.alsoApplied];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node === start) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    open.push(...node.alsoApplied);
  }
  return false;
};
