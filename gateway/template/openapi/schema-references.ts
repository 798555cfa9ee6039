import type { Problems } from '../problems.ts';
import { isMap, type Plain } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import type { OpenApiDocument } from './document.ts';
import { lookUp } from './pointer.ts';

/** Refuses what a schema refers to and what is not there, in the document or in the schema itself: no model can be made of it. */
export const refuseBrokenReferences = (
  schema: Plain,
  name: string,
  { root }: OpenApiDocument,
  problems: Problems,
): void => {
  const seen = new Set<Plain>();
  const visit = (value: Plain): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    const pointer = isMap(value) && typeof value.$ref === 'string' ? value.$ref : null;
    if (pointer?.startsWith('#') && isMap(value)) {
      const target = pointer.slice(1);
      if (lookUp(root.source, target) === undefined && lookUp(schema, target) === undefined) {
        problems.add(
          `The model ${name} refers to ${pointer}, where there is nothing.`,
          placeOf(value, '$ref') ?? root.place,
          'Mend the reference: API Gateway makes no model of it.',
        );
      }
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(schema);
};
