import { typeOf } from './json-node.ts';
import { type Report, SchemaLoopError, type SchemaNode, type Trail } from './schema-node.ts';

/**
 * Applies a schema to a value. What is in an object or a list is looked at only as long as nothing is wrong: after the first
 * error the schemas of its other members still check these, but go no deeper.
 */
export const applySchema = (node: SchemaNode, value: unknown, report: Report, trail: Trail | null): void => {
  const here = node.mayLoop ? onTrail(node, trail) : trail;
  const type = typeOf(value);
  for (const check of node.checks[type]) check(value, report, here);
  if (report.length > 0) return;
  if (type === 'object') node.members?.(value as Readonly<Record<string, unknown>>, report, null);
  else if (type === 'array') node.elements?.(value as readonly unknown[], report, null);
};

const onTrail = (node: SchemaNode, trail: Trail | null): Trail => {
  for (let at = trail; at; at = at.outer) if (at.node === node) throw new SchemaLoopError(node.pointer);
  return { node, outer: trail };
};

/** Whether a schema accepts a value, in a report of its own. */
export const accepts = (node: SchemaNode, value: unknown, trail: Trail | null): boolean => {
  const report: Report = [];
  applySchema(node, value, report, trail);
  return report.length === 0;
};
