import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { zip } from '../lambda/zip.ts';

let folder: string;
let gateway: Gateway | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gavel-code-'));
});
afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const write = (files: Readonly<Record<string, string | Buffer>>): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
};

const start = async (
  files: Readonly<Record<string, string | Buffer>>,
  { template = 'template.yaml', watch = false } = {},
): Promise<Gateway> => {
  write(files);
  gateway = await startGateway({ template: join(folder, template), watch });
  return gateway;
};

/** What a function answers; for one that fails or cannot run, why. */
const answer = async (name: string): Promise<unknown> => {
  const result = await gateway!.invoke(name, {});
  if (result.kind !== 'answered') return `${result.kind}: ${'reason' in result ? result.reason : ''}`;
  const payload = JSON.parse(result.payload);
  return result.functionError ? payload.errorMessage : payload;
};

const said = (logicalId: string): readonly string[] =>
  gateway!
    .support()
    .filter((line) => line.logicalId === logicalId && line.level !== 'honoured')
    .map(({ property, level, note, place }) => `${place.line} ${level}: ${property}: ${note}`);

const head = `Transform: AWS::Serverless-2016-10-31
Globals: { Function: { Runtime: nodejs24.x, CodeUri: src/ } }
Resources:
`;
const fn = (name: string, properties: string, rest = ''): string =>
  `  ${name}: { Type: AWS::Serverless::Function, ${rest}Properties: { ${properties} } }\n`;

describe('code', () => {
  test('in folders, files and archives, whatever project stands around it', async () => {
    await start({
      'template.yaml':
        head +
        fn('Common', 'Handler: common.handler') +
        fn('Modern', 'Handler: deep/er/modern.handlers.first') +
        fn('Explicit', 'Handler: explicit.handler') +
        fn('Single', 'Handler: alone.handler, CodeUri: other/alone.js') +
        fn('Zipped', 'Handler: app.handler, CodeUri: app.zip') +
        fn('Dotted', 'Handler: my.folder/common.handler, CodeUri: dotted'),
      // The project's own type is not that of what Lambda gets.
      'package.json': '{ "type": "module" }',
      'src/common.js': 'const { it } = require("./lib/it"); exports.handler = async () => it;',
      'src/lib/it.js': 'module.exports = { it: "common" };',
      'src/deep/er/modern.mjs':
        'import { it } from "../../lib/both.js"; export const handlers = { first: async () => `modern ${it}` };',
      'src/lib/both.js': 'exports.it = require("./it").it;',
      'src/explicit.cjs': 'exports.handler = async () => "explicit";',
      'other/alone.js': 'exports.handler = async () => require("node:fs").readdirSync(__dirname);',
      'other/neighbour.js': '',
      'app.zip': zip({ 'app.js': 'exports.handler = async () => "zipped";' }),
      'dotted/my.folder/common.js': 'exports.handler = async () => "dotted";',
    });
    expect(await answer('Common')).toBe('common');
    expect(await answer('Modern')).toBe('modern common');
    expect(await answer('Explicit')).toBe('explicit');
    expect(await answer('Single')).toEqual(['alone.js']);
    expect(await answer('Zipped')).toBe('zipped');
    expect(await answer('Dotted')).toBe('dotted');
  });

  test('is read again when an archive, a file or an archive of a layer is made anew', async () => {
    const archive = (word: string) => zip({ 'app.js': `exports.handler = async () => ["${word}"];` });
    const layer = (word: string) => zip({ 'nodejs/word.js': `module.exports = "${word}";` });
    await start(
      {
        'template.yaml':
          head +
          fn('Zipped', 'Handler: app.handler, CodeUri: zips/app.zip') +
          fn('Single', 'Handler: alone.handler, CodeUri: single/alone.js, Layers: [!Ref Words]') +
          '  Words: { Type: AWS::Serverless::LayerVersion, Properties: { ContentUri: zips/layer.zip } }\n',
        'zips/app.zip': archive('first'),
        'zips/layer.zip': layer('first'),
        'single/alone.js': 'exports.handler = async () => ["first", require("/opt/nodejs/word.js")];',
      },
      { watch: true },
    );
    expect([await answer('Zipped'), await answer('Single')]).toEqual([['first'], ['first', 'first']]);
    write({
      'zips/app.zip': archive('second'),
      'zips/layer.zip': layer('second'),
      'single/alone.js': 'exports.handler = async () => ["second", require("/opt/nodejs/word.js")];',
    });
    await vi.waitFor(
      async () => {
        expect([await answer('Zipped'), await answer('Single')]).toEqual([['second'], ['second', 'second']]);
      },
      { timeout: 10_000 },
    );
  });

  test('as sam build leaves it', async () => {
    await start(
      {
        '.aws-sam/build/template.yaml':
          head +
          fn(
            'Built',
            'Handler: hello.handler, CodeUri: Built, Layers: [!Ref Shared]',
            'Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [hello.ts] }, SamResourceId: Built }, ',
          ) +
          fn(
            'Made',
            'Handler: hello.handler, CodeUri: Built',
            'Metadata: { BuildMethod: makefile, SamResourceId: Made }, ',
          ) +
          '  Shared: { Type: AWS::Serverless::LayerVersion, Metadata: { BuildMethod: nodejs24.x, SamResourceId: Shared }, Properties: { ContentUri: Shared } }\n',
        // SAM CLI reads it where it is called, above what it builds.
        'samconfig.toml': "[default.deploy.parameters]\nstack_name = 'ours'\n",
        '.aws-sam/build/Built/hello.js': 'exports.handler = async () => require("/opt/nodejs/word.js").word;',
        '.aws-sam/build/Shared/nodejs/word.js': 'exports.word = "built";',
      },
      { template: '.aws-sam/build/template.yaml' },
    );
    expect(gateway!.application().stackName).toBe('ours');
    expect(await answer('Built')).toBe('built');
    expect(await answer('Made')).toMatch(/^(Error: )?Cannot find module '\/opt\/nodejs\/word.js'/);
  });

  test('that is not here or does not run says what to do', async () => {
    await start({
      'template.yaml':
        head +
        fn('Packaged', 'Handler: a.handler, CodeUri: s3://bucket/0123456789abcdef') +
        fn('ByParts', 'Handler: a.handler, CodeUri: { Bucket: bucket, Key: key }') +
        fn('Make', 'Handler: a.handler', 'Metadata: { BuildMethod: makefile }, ') +
        fn('Java', 'Handler: a.handler, CodeUri: app.jar') +
        fn('Broken', 'Handler: a.handler, CodeUri: broken.zip') +
        // A template of CDK without its assets.
        '  Alone: { Type: AWS::Lambda::Function, Metadata: { aws:asset:path: asset.0123, aws:asset:property: Code }, Properties: { Runtime: nodejs24.x, Handler: a.b, Role: r, Code: { S3Bucket: b, S3Key: 0123.zip } } }\n' +
        fn(
          'Elsewhere',
          'Handler: other.handler',
          'Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [a.js] } }, ',
        ),
      'src/a.js': '',
      'app.jar': '',
      'broken.zip': 'no archive',
    });
    const packaged =
      'start with the template as it was before sam package, or as sam build, cdk synth or serverless package left it';
    expect(await answer('Packaged')).toBe(
      `unsupported: its code is not on this disk (s3://bucket/0123456789abcdef): ${packaged}`,
    );
    expect(await answer('ByParts')).toBe(`unsupported: its code is not on this disk (s3://bucket/key): ${packaged}`);
    expect(await answer('Make')).toBe(
      'unsupported: make builds it (build-Make), which the gateway does not run: run sam build and start with --template .aws-sam/build/template.yaml',
    );
    expect(await answer('Java')).toMatch(/app\.jar, is an archive of Java/);
    expect(await answer('Alone')).toBe(`unsupported: its code is not on this disk (s3://b/0123.zip): ${packaged}`);
    expect(said('Elsewhere')).toContainEqual(
      expect.stringMatching(/not honoured: Handler: no entry point of its build makes other; calls will fail/),
    );
    expect(await answer('Broken')).toMatch(/broken\.zip cannot be unpacked: it is no zip archive/);
    expect(said('Packaged')).toContainEqual(
      expect.stringMatching(/^\d+ not honoured: Code: its code is not on this disk/),
    );
  });

  test('whose handler is missing, written badly or in TypeScript is told of at the start', async () => {
    await start({
      'template.yaml': `${head}  Missing:
    Type: AWS::Serverless::Function
    Properties:
      Handler: nowhere.handler
${fn('Outside', 'Handler: ../src/a.handler')}${fn('Plain', 'Handler: a')}${fn('Nested', 'Handler: a.one.two')}${fn('Typed', 'Handler: typed.handler')}`,
      'src/a.js': 'exports.one = { two: async () => "nested" };',
      'src/typed.ts': 'export const handler = async (): Promise<string> => "typed";',
    });
    expect(said('Missing')).toEqual([
      '7 not honoured: Handler: there is no nowhere.js, .mjs or .cjs in its code; calls will fail',
    ]);
    expect(said('Outside')).toEqual(['8 not honoured: Handler: it is no FILE.EXPORT; calls will fail']);
    expect(said('Plain')).toEqual(['9 not honoured: Handler: it is no FILE.EXPORT; calls will fail']);
    expect(said('Nested')).toEqual([]);
    expect(said('Typed')).toEqual([
      expect.stringMatching(/^11 differently: Handler: its TypeScript is built here; sam deploy would upload it/),
    ]);
    expect(await answer('Outside')).toBe(
      "'../src/a.handler' is not a valid handler name. Use absolute paths when specifying root directories in handler names.",
    );
    expect(await answer('Nested')).toBe('nested');
    expect(await answer('Typed')).toBe('typed');
  });
});

test('esbuild gets what the template says of it', async () => {
  await start({
    'template.yaml': `${head}  Built:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties:
        EntryPoints: [main.ts]
        Format: esm
        Target: node22,es2022
        KeepNames: true
        TreeShaking: true
        Alias: { '@lib': './lib' }
        Inject: [./injected.ts]
        Footer: [js=globalThis.footer = 'footer';]
        Banner: { js: "globalThis.banner = 'banner';" }
        Define: ['STAGE="dev"']
        Loader: [.txt=text]
        Jsx: automatic
        JsxImportSource: ./jsx
        ResolveExtensions: .lib.ts,.ts
        Splitting: true
        Sourcemap: linked
        Platform: browser
        Wrong: true
    Properties: { Handler: main.handler }
`,
    'src/main.ts': `
      import { named } from '@lib/named';
      import words from './words.txt';
      declare const STAGE: string;
      declare const injected: string;
      class Kept {}
      export const handler = async () => [named, words, STAGE, injected, Kept.name, globalThis.banner, globalThis.footer];`,
    'src/lib/named.lib.ts': 'export const named: string = "named";',
    'src/injected.ts': 'export const injected = "injected";',
    'src/words.txt': 'words',
  });
  expect(await answer('Built')).toEqual(['named', 'words', 'dev', 'injected', 'Kept', 'banner', 'footer']);
  const lines = said('Built').map((line) => line.replace(/^\d+ /, ''));
  expect(lines).toContain('differently: Metadata.BuildProperties.Splitting: every entry point is one file');
  expect(lines).toContain('differently: Metadata.BuildProperties.Platform: SAM CLI sets it itself');
  expect(lines).toContainEqual(expect.stringMatching(/^not honoured: Metadata\.BuildProperties\.Wrong: not known/));
});

describe('layers', () => {
  const layer = (name: string, content: string, rest = ''): string =>
    `  ${name}: { Type: AWS::Serverless::LayerVersion, ${rest}Properties: { ContentUri: ${content} } }\n`;

  test('are folders and archives; a later one lies over an earlier one', async () => {
    await start({
      'template.yaml':
        head.replace(
          'Resources:',
          'Parameters: { Given: { Type: String, Default: "arn:aws:lambda:us-east-1:1:layer:public:7" } }\nResources:',
        ) +
        fn('Both', 'Handler: a.handler, Layers: [!Ref Folder, !Ref Archive, !Ref Given]') +
        fn('Turned', 'Handler: a.handler, Layers: [!Ref Archive, !Ref Folder, !Ref Made]') +
        layer('Folder', 'layer/') +
        layer('Archive', 'layer.zip') +
        layer('Made', 'layer/', 'Metadata: { BuildMethod: makefile }, ') +
        layer('Bundled', 'layer/', 'Metadata: { BuildMethod: esbuild }, ') +
        layer('Remote', 's3://bucket/absent.zip') +
        '  Raw: { Type: AWS::Lambda::LayerVersion, Properties: { Content: { S3Bucket: b, S3Key: some/where/raw.zip } } }\n',
      'src/a.js': `exports.handler = async () => [require('/opt/nodejs/word.js').word, require('in-archive')];`,
      'layer/nodejs/word.js': 'exports.word = "folder";',
      'layer.zip': zip({
        'nodejs/word.js': 'exports.word = "archive";',
        'nodejs/node_modules/in-archive/index.js': 'module.exports = "package";',
      }),
      'raw.zip': zip({ 'nodejs/raw.js': '' }),
    });
    expect(await answer('Both')).toEqual(['archive', 'package']);
    expect(await answer('Turned')).toEqual(['folder', 'package']);
    expect(said('Both')).toEqual([
      expect.stringMatching(/^\d+ not honoured: Layers: arn:aws:lambda:us-east-1:1:layer:public:7 is not on this disk/),
    ]);
    expect(said('Made')).toContainEqual(expect.stringMatching(/not honoured: Content: make builds it \(build-Made\)/));
    expect(said('Bundled')).toContainEqual(expect.stringMatching(/Content: esbuild builds functions, not layers/));
    expect(said('Remote')).toContainEqual(expect.stringMatching(/Content: its content is not on this disk \(s3:/));
    // By the last part of its key, as Serverless Framework names archives.
    expect(said('Raw')).toContainEqual(
      expect.stringMatching(/differently: Content: \S+raw\.zip stands for s3:\/\/b\//),
    );
  });

  test('are five at most', async () => {
    await expect(
      start({
        'template.yaml': head + fn('Many', 'Handler: a.handler, Layers: [a, b, c, d, e, f]'),
        'src/a.js': '',
      }),
    ).rejects.toThrow(/template\.yaml:4:\d+: Many has 6 layers; Lambda takes 5 at most\./);
  });
});
