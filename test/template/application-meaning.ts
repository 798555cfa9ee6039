import type { Application } from '#gateway/model/application.ts';

/** What a template means: without places, and without the hashes and the order that translators differ in. */
export const meaningOf = (application: Application): unknown => {
  const { templateFile: _file, sourceFiles: _files, metadata: _metadata, ...rest } = application;
  const layers = rest.layers.map((layer) => ({ ...layer, logicalId: layer.logicalId.replace(/[0-9a-f]{10}$/, '') }));
  let text = JSON.stringify(ordered({ ...rest, layers }), (key, value) => {
    if (key === 'place' || key === 'definitionFile') return undefined;
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

/** Lists of policies, in which order says nothing; in some of them IAM takes one item for a list of one. */
const unordered = new Set(['policies', 'managedPolicyArns', 'Statement', 'Resource', 'Action']);

const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]): [string, unknown] => {
    const compared = ordered(member);
    if (!unordered.has(key)) return [key, compared];
    const items = Array.isArray(compared) ? compared : [compared];
    return [key, [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))];
  });
  return Object.fromEntries(members);
};

/** A text that is the same for the same data, whatever the order of its keys. */
const keyOf = (value: unknown): string =>
  JSON.stringify(value, (_key, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
