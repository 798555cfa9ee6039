import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Application } from '#gateway/model/application.ts';
import { readApplication } from '#gateway/template/read-application.ts';

const folder = join(import.meta.dirname, 'fixtures/translated');

/** What a template means: without places, and without the hashes and the order that translators differ in. */
const meaning = (application: Application): unknown => {
  const { templateFile: _file, sourceFiles: _files, metadata: _metadata, ...rest } = application;
  const plain = JSON.parse(
    JSON.stringify(rest, (key, value) => {
      if (key === 'place') return undefined;
      if (key === 'managedPolicyArns') return [...value].sort();
      return key === 'logicalId' ? String(value).replace(/(Version)[0-9a-z]{10}$/, '$1') : value;
    }),
  );
  for (const list of Object.values(plain)) {
    if (Array.isArray(list)) list.sort((a, b) => (a.logicalId < b.logicalId ? -1 : 1));
  }
  return plain;
};

// all-kinds.cloudformation.json is the answer of aws-sam-translator 1.110.0 to all-kinds.sam.yaml, with Stage: dev.
test('a SAM template and what the SAM translator makes of it are one application', () => {
  const read = (file: string): unknown => meaning(readApplication({ templateFile: join(folder, file) }).application);
  expect(read('all-kinds.sam.yaml')).toEqual(read('all-kinds.cloudformation.json'));
});
