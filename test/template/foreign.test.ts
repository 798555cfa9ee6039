import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { gavel } from '../commands/gavel.ts';

/** As Amplify, SST and people's own macros leave templates: much of it means nothing on this machine. */
const template = `{
  "AWSTemplateFormatVersion": "2010-09-09",
  "Transform": ["SomebodysMacro"],
  "Parameters": {
    "env": { "Type": "String", "Default": "NONE" },
    "deploymentBucketName": { "Type": "String", "Default": "NONE" },
    "s3Key": { "Type": "String", "Default": "amplify-builds/lots-0123.zip" }
  },
  "Conditions": { "HasEnv": { "Fn::Not": [{ "Fn::Equals": [{ "Ref": "env" }, "NONE"] }] } },
  "Resources": {
    "Site": { "Type": "AWS::Amplify::App", "Properties": { "Name": "site", "OauthToken": "x" } },
    "Maker": { "Type": "AWS::CloudFormation::CustomResource", "Properties": { "ServiceToken": "arn:aws:lambda:us-east-1:123456789012:function:maker" } },
    "Own": { "Type": "Custom::Secret", "Properties": { "ServiceToken": { "Fn::GetAtt": ["Snake", "Arn"] } } },
    "Auth": { "Type": "AWS::CloudFormation::Stack", "Properties": { "TemplateURL": "https://s3.amazonaws.com/bucket/auth/cloudformation-template.json" } },
    "Role": { "Type": "AWS::IAM::Role", "Properties": { "AssumeRolePolicyDocument": { "Version": "2012-10-17", "Statement": [] } } },
    "Node": { "Type": "AWS::Lambda::Function", "Properties": {
      "Handler": "index.handler", "Runtime": "nodejs22.x", "Role": { "Fn::GetAtt": ["Role", "Arn"] },
      "Code": { "ZipFile": "exports.handler = async () => ({ statusCode: 200, body: process.env.ALL });" },
      "Environment": { "Variables": { "ALL": { "Fn::Join": ["|", [
        { "Fn::GetAtt": ["Site", "DefaultDomain"] }, { "Ref": "Maker" }, { "Fn::GetAtt": ["Own", "Value"] },
        { "Fn::GetAtt": ["Auth", "Outputs.UserPoolId"] }
      ]] } } } } },
    "Packaged": { "Type": "AWS::Lambda::Function", "Properties": {
      "Handler": "index.handler", "Runtime": "nodejs22.x", "Role": { "Fn::GetAtt": ["Role", "Arn"] },
      "Code": { "S3Bucket": { "Ref": "deploymentBucketName" }, "S3Key": { "Ref": "s3Key" } } } },
    "Snake": { "Type": "AWS::Lambda::Function", "Properties": {
      "Handler": "index.handler", "Runtime": "python3.13", "Role": { "Fn::GetAtt": ["Role", "Arn"] }, "Code": { "ZipFile": "x" } } },
    "Api": { "Type": "AWS::ApiGateway::RestApi", "Properties": { "Name": "api", "Body": { "openapi": "3.0.1", "info": { "title": "api", "version": "1" }, "paths": {
      "/node": { "get": { "x-amazon-apigateway-integration": { "type": "aws_proxy", "httpMethod": "POST",
        "uri": { "Fn::Sub": "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Node.Arn}/invocations" } } } },
      "/packaged": { "get": { "x-amazon-apigateway-integration": { "type": "aws_proxy", "httpMethod": "POST",
        "uri": { "Fn::Sub": "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Packaged.Arn}/invocations" } } } },
      "/snake": { "get": { "x-amazon-apigateway-integration": { "type": "aws_proxy", "httpMethod": "POST",
        "uri": { "Fn::Sub": "arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${Snake.Arn}/invocations" } } } }
    } } } },
    "Deployment": { "Type": "AWS::ApiGateway::Deployment", "Properties": { "RestApiId": { "Ref": "Api" }, "StageName": "dev" } }
  }
}`;

let folder: string;
let file: string;
let gateway: Gateway;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gavel-foreign-'));
  file = join(folder, 'cloudformation-template.json');
  writeFileSync(file, template);
  gateway = await startGateway({ template: file });
});
afterAll(async () => {
  await gateway?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a template of which most means nothing here', () => {
  test('starts, and what can run does, with stand-ins for the rest', async () => {
    const response = await gateway.fetch('Api', '/dev/node');
    expect(response.status).toBe(200);
    const values = (await response.text()).split('|');
    expect(values).toHaveLength(4);
    for (const value of values) expect(value).toMatch(/\S/);
  });

  test('answers 501 with the reason where something cannot run, never open', async () => {
    for (const [path, reason] of [
      ['/dev/packaged', 's3://NONE/amplify-builds/lots-0123.zip'],
      ['/dev/snake', 'python3.13'],
    ] as const) {
      const response = await gateway.fetch('Api', path);
      expect([response.status, await response.text()]).toEqual([501, expect.stringContaining(reason)]);
    }
  });

  test('says of each such thing that it is not honoured', () => {
    const said = gateway
      .support()
      .filter(({ level }) => level === 'not honoured')
      .map(({ logicalId, property, place }) => `${place.line > 1 ? '' : 'nowhere '}${logicalId}.${property}`);
    expect(said).toEqual(
      expect.arrayContaining([
        '.Transform',
        'Site.',
        'Maker.',
        'Own.',
        'Auth.TemplateURL',
        'Packaged.Code',
        'Snake.Runtime',
      ]),
    );
    expect(said.filter((line) => line.startsWith('nowhere'))).toEqual([]);
  });

  test('--strict refuses to start, and names each with its place', async () => {
    const strict = await gavel(['start', '--strict', '--template', file, '--port', '0', '--json']);
    expect(strict.code).toBe(1);
    expect(strict.stdout).toBe('');
    for (const line of [
      /cloudformation-template\.json:3:\d+: Transform is not honoured: .*SomebodysMacro/,
      /cloudformation-template\.json:11:\d+: Site \(AWS::Amplify::App\): the resource is not honoured/,
      /cloudformation-template\.json:13:\d+: Own \(Custom::Secret\): .*custom resources run in an account/,
      /Packaged .*its code is not on this disk/,
    ]) {
      expect(strict.stderr).toMatch(line);
    }
  });
});
