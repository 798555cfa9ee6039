import { setSourceMapsSupport } from 'node:module';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { defineAwslambda } from './response-stream.ts';

/** Makes a worker thread look like the process that a handler has to itself on Lambda. */
export const actAsProcess = (spec: EnvironmentSpec): void => {
  // Stack traces show the lines of the sources; packages keep their own, as reading their maps takes long.
  setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
  // A worker shares its process's folder and cannot leave it; paths made from `process.cwd()` come out right.
  process.cwd = () => spec.code.taskRoot;
  // A worker has no abort. It ends as the process would, alone.
  process.abort = () => process.exit(134);
  defineAwslambda();
};
