import { writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { gavel, startGavel, temporaryFolder } from './gavel.ts';

const folder = temporaryFolder();
afterAll(() => folder.remove());
const file = (name: string, text: string): string => {
  writeFileSync(`${folder.path}/${name}`, text);
  return `${folder.path}/${name}`;
};

const foreign = file(
  'foreign.yaml',
  `Transform: AWS::Serverless-2016-10-31
Resources:
  HelloFunction:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: index.handler
      InlineCode: |
        exports.handler = async (event) => {
          if (event.fail) throw new TypeError('asked to fail');
          return { statusCode: 200, body: 'hello ' + (event.path ?? event.name) };
        };
      Events:
        Hello: { Type: Api, Properties: { Path: /hello, Method: get } }
  SnakeFunction:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.13
      Handler: app.handler
      InlineCode: 'def handler(event, context): return {}'
      Events:
        Snake: { Type: Api, Properties: { Path: /snake, Method: get } }
`,
);

test('help of every command names its options', async () => {
  const { code, stdout } = await gavel(['--help']);
  expect(code).toBe(0);
  for (const command of ['start', 'check', 'exec', 'invoke', 'ws']) {
    expect(stdout).toContain(`  ${command}`);
    const help = await gavel([command, '--help']);
    expect([help.code, help.stdout]).toEqual([0, expect.stringContaining(`usage: gavel ${command}`)]);
  }
});

test('an unknown command and an unknown flag are refused with 2', async () => {
  expect(await gavel(['strat'])).toMatchObject({ code: 2, stderr: expect.stringContaining("no command 'strat'") });
  expect(await gavel(['start', '--prot', '1'])).toMatchObject({ code: 2, stderr: expect.stringContaining('--prot') });
});

test('a template that is broken or not there is one message with its place, and no stack', async () => {
  const broken = file('broken.yaml', 'Resources:\n  A:\n    Type: AWS::Serverless::Function\n    Properties: [\n');
  for (const [template, expected] of [
    [broken, /broken\.yaml:\d+:\d+/],
    [`${folder.path}/none.yaml`, /none\.yaml/],
  ] as const) {
    const { code, stderr } = await gavel(['start', '--template', template, '--port', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toMatch(/^\s+at /m);
  }
});

test('exec starts, tells the command where everything is, and passes its exit code on', async () => {
  const script = file(
    'client.mjs',
    `const answer = await fetch(process.env.GAVEL_SERVERLESSRESTAPI_URL + '/hello');
     const snake = await fetch(process.env.GAVEL_SERVERLESSRESTAPI_URL + '/snake');
     console.log(await answer.text(), snake.status, (await snake.json()).message);
     process.exit(7);`,
  );
  const { code, stdout } = await gavel(['exec', '--template', foreign, '--', process.execPath, script]);
  expect(code).toBe(7);
  expect(stdout).toMatch(/^hello \/hello 501 .*python3\.13/);
});

test('invoke prints what a function returns, and exits with 1 when it fails or is not there', async () => {
  const data = ['--template', foreign, '--data-dir', `${folder.path}/data`];
  const event = file('event.json', '{"name":"from a file"}');
  const result = await gavel(['invoke', 'HelloFunction', '-e', event, ...data]);
  expect([result.code, JSON.parse(result.stdout)]).toEqual([0, { statusCode: 200, body: 'hello from a file' }]);
  const failed = await gavel(['invoke', 'HelloFunction', '-e', '-', ...data], { input: '{"fail":true}' });
  expect([failed.code, JSON.parse(failed.stdout)]).toMatchObject([
    1,
    { errorType: 'TypeError', errorMessage: 'asked to fail' },
  ]);
  expect(await gavel(['invoke', 'Helo', ...data])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/Helo[\s\S]*HelloFunction/),
  });
  expect(await gavel(['invoke', 'HelloFunction', '-e', 'nowhere.json', ...data])).toMatchObject({ code: 2 });
});

test('check lists what is not honoured, as a table and as JSON; --strict makes it an exit code', async () => {
  const plain = await gavel(['check', '--template', foreign]);
  expect(plain.code).toBe(0);
  expect(plain.stdout).toMatch(/SnakeFunction[\s\S]*python3\.13/);
  expect(plain.stdout).not.toContain('\u001b');
  expect((await gavel(['check', '--template', foreign, '--strict'])).code).toBe(1);
  const { stdout } = await gavel(['check', '--template', foreign, '--json']);
  const json = JSON.parse(stdout);
  expect(json.functions).toMatchObject([{ logicalId: 'SnakeFunction' }]);
  // The function that cannot run counts once: its Runtime says why.
  const refused = json.support.filter((line: { level: string }) => line.level === 'not honoured');
  expect(json.counts.notHonoured).toBe(refused.length);
  expect(plain.stdout).toContain(`, ${refused.length} not honoured\n`);
  const one = await gavel(['check', '--template', foreign, '--resource', 'SnakeFunction', '--json']);
  expect(new Set(JSON.parse(one.stdout).support.map((line: { logicalId: string }) => line.logicalId))).toEqual(
    new Set(['SnakeFunction']),
  );
  expect((await gavel(['check', '--template', foreign, '--resource', 'Nobody'])).code).toBe(2);
  expect((await gavel(['check', '--template', foreign, '--port', '1'])).code).toBe(2);
  const strict = await gavel(['start', '--template', foreign, '--strict', '--port', '0']);
  expect([strict.code, strict.stderr]).toEqual([1, expect.stringMatching(/SnakeFunction .*only Node.js runs here/)]);
});

test('start --json says on the error stream what is not honoured', async () => {
  const started = await startGavel(['--template', foreign, '--port', '0', '--data-dir', `${folder.path}/json`]);
  started.child.kill('SIGTERM');
  expect(await started.stderr).toMatch(/^Not honoured here[\s\S]*only Node\.js runs here.* SnakeFunction$/m);
  expect(await started.exited).toBe(0);
});

test('ws talks to a socket: sends, prints, leaves after a count; a refused handshake is a 1', async () => {
  const client = file(
    'socket.mjs',
    `import { spawnSync } from 'node:child_process';
     const run = (...words) => spawnSync(process.execPath, [${JSON.stringify(`${import.meta.dirname}/../../bin/gavel.mjs`)}, 'ws', ...words], { encoding: 'utf8' });
     const good = run(process.env.GAVEL_LIVE_URL, '--send', 'what is this', '-n', '1', '-w', '10');
     const piped = spawnSync(process.execPath, [${JSON.stringify(`${import.meta.dirname}/../../bin/gavel.mjs`)}, 'ws', process.env.GAVEL_LIVE_URL, '-n', '1', '-w', '10'], { encoding: 'utf8', input: 'what is this\\n' });
     const bad = run(process.env.GAVEL_LIVE_URL.replace('/dev', '/nowhere'));
     console.log(JSON.stringify({ good, piped, bad }));`,
  );
  const { stdout } = await gavel(['exec', '--config-env', 'dev', '--', process.execPath, client]);
  const { good, piped, bad } = JSON.parse(stdout) as Record<string, { status: number; stdout: string; stderr: string }>;
  expect(good!.status).toBe(0);
  expect(JSON.parse(good!.stdout)).toMatchObject({ type: 'error' });
  expect(piped).toMatchObject({ status: 0, stdout: expect.stringContaining('"type":"error"') });
  expect(bad).toMatchObject({ status: 1, stderr: expect.stringContaining('refused the handshake with 403') });
});
