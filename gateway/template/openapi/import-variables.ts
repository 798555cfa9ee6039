import type { DeploymentTarget } from '../inputs/deployment-target.ts';
import { isList, isMap, type Plain } from '../text/plain.ts';
import { copyPlace } from '../text/positions.ts';

/** The import itself fills in three pseudo parameters, wherever they stand in a definition. */
export const withImportVariables = <Value extends Plain>(value: Value, target: DeploymentTarget): Value => {
  // Anchors share what stands in a definition; each thing is looked through once.
  const known = new WeakMap<object, Plain>();
  const filled = (inner: Plain): Plain => {
    if (typeof inner !== 'object' || inner === null) return withVariables(inner, target, filled);
    const before = known.get(inner);
    if (before !== undefined) return before;
    const result = withVariables(inner, target, filled);
    known.set(inner, result);
    return result;
  };
  return filled(value) as Value;
};

const withVariables = (value: Plain, target: DeploymentTarget, filled: (inner: Plain) => Plain): Plain => {
  if (typeof value === 'string') {
    if (!value.includes('${AWS::')) return value;
    return value
      .replaceAll('${AWS::AccountId}', target.accountId)
      .replaceAll('${AWS::Partition}', target.partition)
      .replaceAll('${AWS::Region}', target.region);
  }
  if (isList(value)) {
    const items = value.map((item) => filled(item));
    return items.some((item, i) => item !== value[i]) ? copyPlace(value, items) : value;
  }
  if (!isMap(value)) return value;
  let changed = false;
  const entries = Object.entries(value).map(([key, inner]): [string, Plain] => {
    const result = filled(inner);
    if (result !== inner) changed = true;
    return [key, result];
  });
  return changed ? copyPlace(value, Object.fromEntries(entries)) : value;
};
