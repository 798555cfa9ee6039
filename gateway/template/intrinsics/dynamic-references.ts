import type { Place } from '../../model/place.ts';
import { parameterOf, secretOf } from '../inputs/stored-values.ts';
import type { Values } from '../inputs/values-file.ts';
import type { Problems } from '../problems.ts';
import { isList, type Plain, type PlainMap } from '../text/plain.ts';
import { copyPlace, placeOf } from '../text/positions.ts';

const pattern = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^{}]+)\}\}/g;

export type DynamicReferences = {
  /** Fills in what a value refers to in Parameter Store and Secrets Manager: last of all, when every function has run. */
  resolve(value: Plain): Plain;
  /** As `resolve`, with secrets left as they are written: for outputs, which everybody may read. */
  resolveOpen(value: Plain, place: Place | null): Plain;
};

export const createDynamicReferences = (
  values: Values,
  /** What a secret holds that the application makes itself. */
  madeSecret: (id: string) => string | undefined,
  problems: Problems,
): DynamicReferences => {
  const missing = (what: string, place: Place | null, kind: string, entryOf: string): string => {
    problems.add(what, place, `Write ${kind}: {${entryOf}} into ${values.file}, or name another file with --values.`);
    return '';
  };

  const ssm = (service: string, name: string, place: Place | null): string => {
    const [, id = '', version = ''] = /^(.*?)(?::(\d+))?$/.exec(name) ?? [];
    const value = parameterOf(values, id, version);
    if (value === undefined)
      return missing(`The SSM parameter ${id} has no value here.`, place, 'ssm', `${JSON.stringify(id)}: value`);
    const text = isList(value) ? value.join(',') : String(value);
    if (service === 'ssm-secure') problems.hide(text);
    return text;
  };

  const secret = (reference: string, place: Place | null): string => {
    // The id of a secret may be its ARN, which has colons of its own.
    const [, id = '', kind = '', key = '', stage = '', version = ''] =
      /^(arn:(?:[^:]*:){5}[^:]+|[^:]+)(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?$/.exec(reference) ?? [];
    if (id === '' || (kind !== '' && kind !== 'SecretString') || (stage !== '' && version !== '')) {
      problems.add(
        `{{resolve:secretsmanager:${reference}}} is no reference of a secret.`,
        place,
        'Write {{resolve:secretsmanager:id:SecretString:key:stage:version}}; of stage and version only one.',
      );
      return '';
    }
    const value = secretOf(values, madeSecret, id, key, stage || version);
    if (value === undefined || value === null) {
      const what = value === null ? `The secret ${id} has no ${key} here.` : `The secret ${id} has no value here.`;
      const name = JSON.stringify(id.replace(/^arn:(?:[^:]*:){5}/, ''));
      return missing(what, place, 'secretsmanager', key === '' ? `${name}: value` : `${name}: {${key}: value}`);
    }
    return value;
  };

  const inText = (text: string, place: Place | null, withSecrets: boolean): string => {
    if (!text.includes('{{resolve:')) return text;
    return text.replaceAll(pattern, (written: string, service: string, name: string) => {
      if (service !== 'ssm' && !withSecrets) return written;
      return service === 'secretsmanager' ? secret(name, place) : ssm(service, name, place);
    });
  };

  const visit = (value: Plain, around: Place | null): Plain => {
    if (typeof value === 'string') return inText(value, around, true);
    if (typeof value !== 'object' || value === null || !mentions(value)) return value;
    const place = placeOf(value) ?? around;
    return isList(value) ? inList(value, place) : inMap(value as PlainMap, place);
  };
  const inList = (list: readonly Plain[], place: Place | null): Plain =>
    copyPlace(
      list,
      list.map((item, i) => visit(item, placeOf(list, i) ?? place)),
    );
  const inMap = (map: PlainMap, place: Place | null): Plain =>
    copyPlace(
      map,
      Object.fromEntries(Object.entries(map).map(([key, value]) => [key, visit(value, placeOf(map, key) ?? place)])),
    );

  return {
    resolve: (value) => visit(value, null),
    resolveOpen: (value, place) => (typeof value === 'string' ? inText(value, place, false) : value),
  };
};

// Most values refer to nothing: they are looked through once, and shared.
const known = new WeakMap<object, boolean>();

const mentions = (value: Plain): boolean => {
  if (typeof value === 'string') return value.includes('{{resolve:');
  if (typeof value !== 'object' || value === null) return false;
  let answer = known.get(value);
  if (answer === undefined) {
    answer = isList(value) ? value.some(mentions) : mentionsIn(value as PlainMap);
    known.set(value, answer);
  }
  return answer;
};

const mentionsIn = (map: PlainMap): boolean => {
  for (const key in map) if (mentions(map[key]!)) return true;
  return false;
};
