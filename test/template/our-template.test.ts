import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readApplication } from '#gateway/template/read-application.ts';

const templateFile = fileURLToPath(new URL('../../template.yaml', import.meta.url));

test.each(['dev', 'staging', 'prod'])('the template of this repository reads for %s', (configEnv) => {
  const { application, support } = readApplication({ templateFile, configEnv });
  expect(application.apis.map(({ kind, logicalId }) => [kind, logicalId])).toEqual([
    ['REST', 'Market'],
    ['HTTP', 'Bidding'],
    ['WEBSOCKET', 'Live'],
  ]);
  for (const api of application.apis) expect(api.stages.map(({ name }) => name)).toContain(configEnv);
  expect(application.functions.filter(({ unsupported }) => unsupported !== null)).toEqual([]);
  for (const { build, code } of application.functions) {
    for (const entryPoint of build?.entryPoints ?? []) {
      expect(code.kind === 'directory' && existsSync(`${code.dir}/${entryPoint}`), entryPoint).toBe(true);
    }
  }
  expect(support.filter(({ note }) => note === 'not known to the gateway')).toEqual([]);
});
