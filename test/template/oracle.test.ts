import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ReadResult, readApplication } from '#gateway/template/read-application.ts';
import { meaningOf } from './application-meaning.ts';
import { resourceMeanings } from './resource-meaning.ts';

/** Where the gateway means to differ, and why. A test fails when one of these differs no more. */
const choices: Readonly<Record<string, string>> = {
  'rest-definition-models': 'the translator loses the schemas of an OpenAPI 3 definition that has Models beside it',
};

const folder = join(import.meta.dirname, '../oracle/sam-translator/fixtures');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace(/\.yaml$/, ''))
  .sort();

const reading = (file: string): ReadResult =>
  readApplication({ templateFile: join(folder, file), stackName: 'oracle' });
const read = (file: string): unknown => meaningOf(reading(file).application);

test.for(names.filter((name) => !Object.hasOwn(choices, name)))(
  '%s is the application that the SAM translator makes of it',
  (name) => {
    expect(read(`${name}.yaml`)).toEqual(read(`${name}.translated.json`));
  },
);

test.for(Object.entries(choices))('%s differs: %s', ([name]) => {
  expect(read(`${name}.yaml`)).not.toEqual(read(`${name}.translated.json`));
});

test.for(names)('%s becomes the resources that the SAM translator makes of it', (name) => {
  const made = resourceMeanings(reading(`${name}.yaml`).resources);
  expect(made).toEqual(resourceMeanings(reading(`${name}.translated.json`).resources));
});

afterAll(() =>
  console.log(
    `SAM translator oracle: ${names.length} templates, of which ${Object.keys(choices).length} differ by choice`,
  ),
);
