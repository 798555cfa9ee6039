import { dirname, resolve } from 'node:path';

/** What `sam build`, CDK and Serverless Framework write, below the project that it is made of. */
const outputFolder = /[\\/](?:\.aws-sam[\\/]build|\.serverless|cdk\.out(?:[\\/]assembly-[^\\/]+)?)$/;

/** The folder of a template's project: the template's own, or the one around what a tool has written. */
export const projectFolder = (templateFile: string): string => dirname(resolve(templateFile)).replace(outputFolder, '');
