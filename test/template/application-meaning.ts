import type { Application } from '#gateway/model/application.ts';

/** What a template means: without places, and without the hashes and the order that translators differ in. */
export const meaningOf = (application: Application): unknown => {
  const { templateFile: _file, sourceFiles: _files, metadata: _metadata, ...rest } = application;
  const layers = rest.layers.map((layer) => ({ ...layer, logicalId: layer.logicalId.replace(/[0-9a-f]{10}$/, '') }));
  let text = JSON.stringify({ ...rest, layers }, (key, value) => {
    if (key === 'place') return undefined;
    if (unordered.has(key) && Array.isArray(value)) return sorted(value);
    return key === 'logicalId' ? String(value).replace(/(Version|Deployment)[0-9a-z]{10}$/, '$1') : value;
  });
  // The id of a deployment hangs on the order of its definition; which one a stage shows is what counts.
  for (const { deployments } of application.apis) {
    deployments.forEach(({ id }, i) => {
      text = text.replaceAll(`"${id}"`, `"deployment ${i + 1}"`);
    });
  }
  const plain = JSON.parse(text);
  for (const list of Object.values(plain)) {
    if (Array.isArray(list)) list.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
  }
  return plain;
};

/** Lists of policies, in which order says nothing. */
const unordered = new Set(['managedPolicyArns', 'Statement', 'Resource']);

const sorted = (list: readonly unknown[]): readonly unknown[] =>
  list
    .map((item) =>
      typeof item === 'object' && item !== null
        ? Object.fromEntries(
            Object.entries(item)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([key, value]) => [key, key === 'Resource' && Array.isArray(value) ? sorted(value) : value]),
          )
        : item,
    )
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
