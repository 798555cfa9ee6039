import { describe, expect, test } from 'vitest';
import { problemsOf, readInline, shown } from './inline-template.ts';

const sam = 'Transform: AWS::Serverless-2016-10-31\n';

describe('functions', () => {
  test('Globals, esbuild, layers, aliases and the rest of a SAM function', () => {
    const { application } = readInline(
      `${sam}
Globals:
  Function:
    Runtime: nodejs24.x
    Timeout: 7
    Architectures: [arm64]
    Environment: { Variables: { SHARED: '1', BOTH: global } }
    Layers: [!Ref Shared]
Resources:
  Shared:
    Type: AWS::Serverless::LayerVersion
    Metadata: { BuildMethod: nodejs24.x }
    Properties: { ContentUri: layers/shared, LayerName: shared }
  Assets:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layers/assets }
  Hello:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties: { EntryPoints: [hello.ts], Format: esm, OutExtension: [.js=.mjs], MainFields: 'module,main', External: ['/opt/*'], Minify: true }
    Properties:
      CodeUri: src/
      Handler: hello.handler
      MemorySize: 256
      Tracing: Active
      AutoPublishAlias: candidate
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 }
      ReservedConcurrentExecutions: 5
      Environment: { Variables: { BOTH: own, NUMBER: 5 } }
      Layers: [!Ref Assets]
      Policies:
        - Statement: [{ Effect: Allow, Action: 's3:*', Resource: '*' }]
      DeadLetterQueue: { Type: SQS, TargetArn: 'arn:aws:sqs:us-east-1:123456789012:dead' }
      Events:
        Stream: { Type: DynamoDB, Properties: { Stream: !GetAtt Table.StreamArn, StartingPosition: LATEST, FilterCriteria: { Filters: [{ Pattern: '{}' }] } } }
  Live:
    Type: AWS::Lambda::Alias
    Properties: { Name: live, FunctionName: !Ref Hello, FunctionVersion: !GetAtt Hello.Version.Version }
  Table:
    Type: AWS::DynamoDB::Table
    Properties:
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
      TimeToLiveSpecification: { AttributeName: expires, Enabled: true }
`,
      { files: { 'src/hello.ts': '', 'layers/shared/package.json': '{}', 'layers/assets/a': '' } },
    );
    const [hello] = application.functions;
    expect(hello).toMatchObject({
      name: 'test-Hello',
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:test-Hello',
      runtime: 'nodejs24.x',
      code: { kind: 'directory', dir: expect.stringMatching(/^\/.*\/src$/) },
      build: {
        method: 'esbuild',
        entryPoints: ['hello.ts'],
        format: 'esm',
        mainFields: ['module', 'main'],
        external: ['/opt/*'],
        minify: true,
      },
      memorySize: 256,
      timeoutSeconds: 7,
      architecture: 'arm64',
      tracing: 'Active',
      reservedConcurrency: 5,
      environment: { SHARED: '1', BOTH: 'own', NUMBER: '5' },
      layers: [
        'arn:aws:lambda:us-east-1:123456789012:layer:shared:1',
        'arn:aws:lambda:us-east-1:123456789012:layer:Assets:1',
      ],
      aliases: [
        { name: 'candidate', version: '1', followsLatest: true, provisionedConcurrency: 2 },
        { name: 'live', version: '1', followsLatest: true },
      ],
      deadLetterTarget: 'arn:aws:sqs:us-east-1:123456789012:dead',
      unsupported: null,
      place: { line: 18, column: 3 },
    });
    expect(application.layers.map(({ mount }) => mount?.kind)).toEqual(['opt/nodejs', 'opt']);
    expect(application.roles[0]).toMatchObject({
      arn: hello!.role,
      policies: [{ Statement: [{ Action: 'sqs:SendMessage' }] }, { Statement: [{ Action: 's3:*' }] }],
    });
    expect(application.tables[0]).toMatchObject({
      name: 'test-Table',
      timeToLiveAttribute: 'expires',
      streamViewType: 'NEW_IMAGE',
    });
    expect(application.eventSourceMappings).toMatchObject([
      {
        eventSourceArn: application.tables[0]!.streamArn,
        functionName: `${hello!.arn}:candidate`,
        startingPosition: 'LATEST',
        batchSize: 100,
        filters: ['{}'],
        id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/),
      },
    ]);
  });

  test('what cannot run here reads, and says why', () => {
    const { application } = readInline(`${sam}
Resources:
  Python: { Type: AWS::Serverless::Function, Properties: { Runtime: python3.13, Handler: a.b, InlineCode: x } }
  Remote: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs24.x, Handler: a.b, CodeUri: 's3://b/k.zip' } }
  Image: { Type: AWS::Serverless::Function, Properties: { PackageType: Image, ImageUri: repo:tag } }
  Make: { Type: AWS::Serverless::Function, Metadata: { BuildMethod: makefile }, Properties: { Runtime: nodejs24.x, Handler: a.b, InlineCode: x } }
  Raw: { Type: AWS::Lambda::Function, Properties: { Runtime: nodejs24.x, Handler: a.b, Role: r, Code: { ZipFile: x } } }
`);
    expect(application.functions.map(({ unsupported }) => unsupported)).toEqual([
      // Whether it runs is for the commands to say that runtimes are given.
      null,
      'its code is not on this disk (s3://b/k.zip): start with the template as it was before sam package, or as sam build, cdk synth or serverless package left it',
      'it is a container image',
      'make builds it (build-Make), which the gateway does not run: run sam build and start with --template .aws-sam/build/template.yaml',
      null,
    ]);
  });

  test('missing code, a missing runtime or handler and wrong types are refused where they stand', () => {
    expect(
      shown(
        problemsOf(`${sam}Resources:
  Hello:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: nowhere
      Timeout: soon
      MemorySize: [1]
`),
      ),
    ).toEqual([
      '3:3 Hello has no Runtime.',
      '3:3 Hello has no Handler.',
      '6:7 Hello: there is no file or folder nowhere.',
      '7:7 Timeout of Hello must be a number, not text.',
      '8:7 MemorySize of Hello must be a number, not a list.',
    ]);
  });
});
