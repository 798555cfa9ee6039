import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readApplication } from '#gateway/template/read-application.ts';
import { meaningOf } from './application-meaning.ts';

const folder = join(import.meta.dirname, 'fixtures/translated');

// all-kinds.cloudformation.json is the answer of aws-sam-translator 1.110.0 to all-kinds.sam.yaml, with Stage: dev.
test('a SAM template and what the SAM translator makes of it are one application', () => {
  const read = (file: string): unknown => meaningOf(readApplication({ templateFile: join(folder, file) }).application);
  expect(read('all-kinds.sam.yaml')).toEqual(read('all-kinds.cloudformation.json'));
});
