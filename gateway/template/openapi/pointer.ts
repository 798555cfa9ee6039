import { entry, isList, isMap, type Plain } from '../text/plain.ts';

/** What stands at a JSON pointer (`/components/schemas/Lot`); undefined where nothing does. */
export const lookUp = (root: Plain, pointer: string): Plain | undefined => {
  let current: Plain | undefined = root;
  for (const part of pointer === '' || pointer === '/' ? [] : pointer.replace(/^\//, '').split('/')) {
    const key = unescaped(part);
    current = isMap(current) ? entry(current, key) : isList(current) ? current[Number(key)] : undefined;
  }
  return current;
};

const unescaped = (part: string): string => {
  const plain = part.replace(/~1/g, '/').replace(/~0/g, '~');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
};
