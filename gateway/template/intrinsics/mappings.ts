import type { Problems } from '../problems.ts';
import { describe, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** The section Mappings, refused where it holds more than AWS takes: texts and lists of texts, and no functions. */
export const readMappings = (mappings: PlainMap, evaluate: (value: Plain) => Plain, problems: Problems): PlainMap => {
  const refuse = (around: PlainMap, key: string, what: string): void => {
    const remedy = 'Mappings hold two keys and a value; no function runs there.';
    problems.add(`The mapping ${what}.`, placeOf(around, key), remedy);
  };
  let asked = false;
  const isInclude = (key: string): boolean => {
    if (key === 'Fn::Transform') asked = true;
    return key === 'Fn::Transform';
  };
  for (const [name, mapping] of Object.entries(mappings)) {
    if (!isMap(mapping)) refuse(mappings, name, `${name} must be a map, not ${describe(mapping)}`);
    for (const [key, values] of isMap(mapping) ? Object.entries(mapping) : []) {
      if (isInclude(key)) continue;
      if (!isMap(values)) refuse(mapping as PlainMap, key, `${name} → ${key} must be a map, not ${describe(values)}`);
      for (const [second, value] of isMap(values) ? Object.entries(values) : []) {
        const odd = isList(value) ? value.find((item) => typeof item === 'object') : isMap(value) ? value : undefined;
        if (odd === undefined || isInclude(second)) continue;
        refuse(values as PlainMap, second, `${name} → ${key} → ${second} holds ${describe(odd)}`);
      }
    }
  }
  const whole = asked ? evaluate(mappings) : mappings;
  return isMap(whole) ? whole : {};
};
