/**
 * The part of JSONPath that selection expressions use in practice: members by dot or bracket, elements by index.
 * Wildcards, filters, slices and `..` select many values, which no route key can be; they are reported, not guessed.
 */
export type SelectionPath = readonly (string | number)[];

/** Jayway, which AWS runs, takes a dot before a bracket too. */
const step = /\.([^.[\]()*\s'"]+)|\.?\[(-?\d+)\]|\.?\['((?:[^'\\]|\\.)*)'\]|\.?\["((?:[^"\\]|\\.)*)"\]/y;

/** Compiles what follows a variable's root, such as `.action` or `['a b'][0].c`; null where it goes beyond the part. */
export const compilePath = (text: string): SelectionPath | null => {
  const steps: (string | number)[] = [];
  step.lastIndex = 0;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (!found) return null;
    const [, member, index, single, double] = found;
    if (index !== undefined) steps.push(Number(index));
    else steps.push(member ?? (single ?? double ?? '').replace(/\\(.)/g, '$1'));
  }
  return steps;
};

/** undefined where the path leads nowhere. */
export const followPath = (root: unknown, path: SelectionPath): unknown => {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    if (Array.isArray(value)) value = typeof key === 'number' ? value.at(key) : undefined;
    else
      value =
        typeof key === 'string' && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
};
