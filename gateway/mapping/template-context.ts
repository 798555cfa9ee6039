import { isMap, mapGet, mapKeys } from './vtl/values/maps.ts';
import { toText } from './vtl/values/text.ts';
import { JavaList, type Value } from './vtl/values/value.ts';

/** `$context` in a mapping template: a request's own, which its templates may write overrides into. */
export type TemplateContext = Record<string, Value>;

/**
 * Makes `$context` of a request's values, with nothing overridden. The same object goes to the request template and to the
 * response template: what the first has set, the second sees.
 */
export const templateContext = (values: Readonly<Record<string, Value>>): TemplateContext => ({
  ...values,
  requestOverride: { header: {}, path: {}, querystring: {} },
  responseOverride: { header: {} },
});

/** Values by name, as they were named; several where a template gave a list. */
export type OverriddenValues = ReadonlyMap<string, readonly string[]>;

export type RequestOverride = {
  readonly header: OverriddenValues;
  readonly path: OverriddenValues;
  readonly querystring: OverriddenValues;
};

export type ResponseOverride = {
  readonly header: OverriddenValues;
  /** From 100 to 599; null for none, or for what is no status. */
  readonly status: number | null;
};

const none: OverriddenValues = new Map();

const textsOf = (value: Value): string[] => {
  const items = Array.isArray(value) ? value : value instanceof JavaList ? value.items : [value];
  return items.map((item) => toText(item) ?? '');
};

const valuesIn = (override: Value, place: string): OverriddenValues => {
  const values = isMap(override) ? mapGet(override, place) : null;
  if (!isMap(values)) return none;
  const keys = mapKeys(values);
  if (keys.length === 0) return none;
  return new Map(keys.map((key) => [toText(key) ?? '', textsOf(mapGet(values, key))]));
};

/** What the request template wants changed in the integration request. */
export const requestOverrideOf = ({ requestOverride }: TemplateContext): RequestOverride => ({
  header: valuesIn(requestOverride, 'header'),
  path: valuesIn(requestOverride, 'path'),
  querystring: valuesIn(requestOverride, 'querystring'),
});

/** What either template wants changed in the method response. */
export const responseOverrideOf = ({ responseOverride }: TemplateContext): ResponseOverride => {
  const status = Number(toText(isMap(responseOverride) ? mapGet(responseOverride, 'status') : null) || Number.NaN);
  return {
    header: valuesIn(responseOverride, 'header'),
    status: Number.isInteger(status) && status >= 100 && status <= 599 ? status : null,
  };
};
