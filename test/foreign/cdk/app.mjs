import { cpSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  App,
  CustomResource,
  Duration,
  LegacyStackSynthesizer,
  NestedStack,
  RemovalPolicy,
  Stack,
  Stage,
} from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as http from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration, WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';

/** One stack for each thing that CDK packages in a way of its own. See README.md beside this file. */
const code = (name) => lambda.Code.fromAsset(`code/${name}`);
const nodejs = { runtime: lambda.Runtime.NODEJS_24_X, architecture: lambda.Architecture.ARM_64 };

const market = (app) => {
  const stack = new Stack(app, 'Market');
  const layer = new lambda.LayerVersion(stack, 'Words', { code: code('layer') });
  const zipped = new lambda.LayerVersion(stack, 'ZippedWords', { code: code('layer.zip') });
  const table = new dynamodb.Table(stack, 'LotsTable', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    stream: dynamodb.StreamViewType.NEW_IMAGE,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const lots = new lambda.Function(stack, 'Lots', {
    ...nodejs,
    handler: 'lots.handler',
    code: code('lots'),
    layers: [layer, zipped],
    environment: { TABLE: table.tableName },
  });
  table.grantReadWriteData(lots);
  const prebuilt = new lambda.Function(stack, 'Prebuilt', {
    ...nodejs,
    handler: 'app.handler',
    code: code('prebuilt.zip'),
  });
  const inline = new lambda.Function(stack, 'Inline', {
    ...nodejs,
    handler: 'index.handler',
    code: lambda.Code.fromInline(
      'exports.handler = async (event) => ({ statusCode: 200, body: "inline " + event.path });',
    ),
  });
  const watcher = new lambda.Function(stack, 'Watcher', { ...nodejs, handler: 'lots.watch', code: code('lots') });
  watcher.addEventSource(new DynamoEventSource(table, { startingPosition: lambda.StartingPosition.TRIM_HORIZON }));

  const api = new apigateway.RestApi(stack, 'MarketApi', { deployOptions: { stageName: 'dev' } });
  const resource = api.root.addResource('lots');
  resource.addMethod('GET', new apigateway.LambdaIntegration(lots));
  resource.addResource('{lotId}').addMethod('GET', new apigateway.LambdaIntegration(prebuilt));
  const model = api.addModel('Lot', {
    schema: { type: apigateway.JsonSchemaType.OBJECT, required: ['make'] },
  });
  resource.addMethod('POST', new apigateway.LambdaIntegration(lots), {
    apiKeyRequired: true,
    requestModels: { 'application/json': model },
    requestValidatorOptions: { validateRequestBody: true },
  });
  const authorizer = new apigateway.TokenAuthorizer(stack, 'Dealers', { handler: inline });
  api.root.addResource('mine').addMethod('GET', new apigateway.LambdaIntegration(lots), { authorizer });
  const plan = api.addUsagePlan('Plan', { throttle: { rateLimit: 10, burstLimit: 2 } });
  plan.addApiKey(api.addApiKey('Key', { value: 'a-key-of-twenty-and-more' }));
  plan.addApiStage({ stage: api.deploymentStage });

  new apigateway.LambdaRestApi(stack, 'Everything', { handler: inline });
};

const bidding = (app) => {
  const stack = new Stack(app, 'Bidding');
  const bids = new lambda.Function(stack, 'Bids', { ...nodejs, handler: 'lots.handler', code: code('lots') });
  const api = new http.HttpApi(stack, 'BiddingApi', { corsPreflight: { allowOrigins: ['https://floor.example.com'] } });
  const integration = new HttpLambdaIntegration('BidsIntegration', bids);
  api.addRoutes({ path: '/bids', methods: [http.HttpMethod.GET], integration });
  const authorizer = new HttpJwtAuthorizer('Users', 'https://issuer.example.com', { jwtAudience: ['bidders'] });
  api.addRoutes({ path: '/mine', methods: [http.HttpMethod.GET], integration, authorizer });
  const live = new http.WebSocketApi(stack, 'Live', {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', bids) },
  });
  live.addRoute('bid', { integration: new WebSocketLambdaIntegration('Bid', bids) });
  new http.WebSocketStage(stack, 'LiveStage', { webSocketApi: live, stageName: 'dev', autoDeploy: true });
};

const spec = (app) => {
  const stack = new Stack(app, 'Spec');
  new apigateway.SpecRestApi(stack, 'SpecApi', {
    apiDefinition: apigateway.ApiDefinition.fromAsset('code/openapi.json'),
  });
};

const nested = (app) => {
  const stack = new Stack(app, 'Outer');
  const inner = new NestedStack(stack, 'Inner');
  const fn = new lambda.Function(inner, 'Deep', { ...nodejs, handler: 'lots.handler', code: code('lots') });
  new apigateway.LambdaRestApi(inner, 'DeepApi', { handler: fn, deployOptions: { stageName: 'dev' } });
};

/** What runs in an account only: custom resources and the functions that CDK brings for them. */
const provided = (app) => {
  const stack = new Stack(app, 'Provided', { analyticsReporting: true });
  const bucket = new s3.Bucket(stack, 'Pages', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
  new BucketDeployment(stack, 'Deploy', { destinationBucket: bucket, sources: [Source.asset('code/pages')] });
  const fn = new lambda.Function(stack, 'Kept', {
    ...nodejs,
    handler: 'lots.handler',
    code: code('lots'),
    logRetention: RetentionDays.ONE_DAY,
    timeout: Duration.seconds(5),
  });
  const maker = new lambda.Function(stack, 'Maker', { ...nodejs, handler: 'lots.watch', code: code('lots') });
  const own = new CustomResource(stack, 'Own', { serviceToken: maker.functionArn, resourceType: 'Custom::Own' });
  fn.addEnvironment('OWN', own.getAttString('Token'));
  new apigateway.LambdaRestApi(stack, 'KeptApi', { handler: fn, deployOptions: { stageName: 'dev' } });
};

const legacy = (app) => {
  const stack = new Stack(app, 'Legacy', { synthesizer: new LegacyStackSynthesizer() });
  const fn = new lambda.Function(stack, 'Old', { ...nodejs, handler: 'lots.handler', code: code('lots') });
  new apigateway.LambdaRestApi(stack, 'OldApi', { handler: fn, deployOptions: { stageName: 'dev' } });
};

/** A stage has a folder of its own, beside the assets of all. */
const staged = (app) => {
  const stack = new Stack(new Stage(app, 'Prod'), 'Staged');
  const fn = new lambda.Function(stack, 'Fn', { ...nodejs, handler: 'lots.handler', code: code('lots') });
  new apigateway.LambdaRestApi(stack, 'StagedApi', { handler: fn, deployOptions: { stageName: 'dev' } });
};

const synthesise = (outdir, context, ...stacks) => {
  const app = new App({ outdir, context, analyticsReporting: false });
  for (const stack of stacks) stack(app);
  app.synth();
};

// With the metadata that the command line of CDK asks for, and as `node app.mjs` alone writes it.
const metadata = { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true };
synthesise('cdk.out', metadata, market, bidding, spec, nested, provided, staged);
synthesise('bare.out', {}, market, spec, nested, legacy, staged);

/** Leaves what the gateway reads. What CDK brings of its own (handlers of custom resources, the AWS CLI) is emptied. */
const trim = (outdir) => {
  for (const name of readdirSync(outdir)) {
    const file = join(outdir, name);
    if (name.startsWith('assembly-')) trim(file);
    else if (!/^asset\.|\.(template|assets)\.json$/.test(name)) rmSync(file, { recursive: true });
    else if (/\.zip$/.test(name) && statSync(file).size > 10_000) cpSync('code/layer.zip', file);
    else if (existsSync(join(file, 'index.js')))
      writeFileSync(join(file, 'index.js'), 'exports.handler = async () => {};\n');
    else if (existsSync(join(file, 'index.py'))) writeFileSync(join(file, 'index.py'), '');
  }
};
trim('cdk.out');
trim('bare.out');
