import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readApplication } from '#gateway/template/read-application.ts';
import { meaningOf } from './application-meaning.ts';

/** Where the gateway means to differ, and why. A test fails when one of these differs no more. */
const choices: Readonly<Record<string, string>> = {
  connectors: 'connectors write no policies: no role is evaluated for calls between services here',
  'function-deployment-preference': 'CodeDeploy shifts no traffic here, so no role is made for it',
  'function-other-events': 'schedules, topics, buckets and rules send nothing here, so nothing is let in for them',
  'function-policy-templates': 'policy templates make no statements yet: no role is evaluated for them here',
  'function-queues': 'Kafka and message brokers send nothing here, so no mapping stands for them',
  'rest-definition-models': 'the translator loses the schemas of an OpenAPI 3 definition that has Models beside it',
};

const folder = join(import.meta.dirname, '../oracle/sam-translator/fixtures');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.replace(/\.yaml$/, ''))
  .sort();

const read = (file: string): unknown =>
  meaningOf(readApplication({ templateFile: join(folder, file), stackName: 'oracle' }).application);

test.for(names.filter((name) => !Object.hasOwn(choices, name)))(
  '%s is the application that the SAM translator makes of it',
  (name) => {
    expect(read(`${name}.yaml`)).toEqual(read(`${name}.translated.json`));
  },
);

test.for(Object.entries(choices))('%s differs: %s', ([name]) => {
  expect(read(`${name}.yaml`)).not.toEqual(read(`${name}.translated.json`));
});

afterAll(() =>
  console.log(
    `SAM translator oracle: ${names.length} templates, of which ${Object.keys(choices).length} differ by choice`,
  ),
);
