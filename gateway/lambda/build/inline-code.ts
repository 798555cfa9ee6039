import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LambdaFunction } from '../../model/lambda-function.ts';
import { type BuildOutcome, runsAsItLies } from './build-outcome.ts';
import { hashOf } from './content-hash.ts';

/** `Code: ZipFile`: CloudFormation puts the text into a file named `index.js`, or `index.py`. */
export const buildInline = async (fn: LambdaFunction, text: string, directory: string): Promise<BuildOutcome> => {
  const identity = hashOf(text);
  const taskRoot = join(directory, fn.logicalId, identity);
  await mkdir(taskRoot, { recursive: true });
  await writeFile(join(taskRoot, fn.runtime.startsWith('python') ? 'index.py' : 'index.js'), text);
  // Without one of its own the file would take its module type from the project around it.
  await writeFile(join(taskRoot, 'package.json'), '{}');
  return runsAsItLies(taskRoot, identity);
};
