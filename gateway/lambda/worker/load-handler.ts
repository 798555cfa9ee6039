import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { findHandlerFile, splitHandler } from '../build/handler-file.ts';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { RuntimeError } from './error-payload.ts';
import { isModule } from './module-type.ts';
import { isStreaming } from './response-stream.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a user's module exports is anybody's guess.
export type Handler = (event: unknown, context: unknown, callback?: any) => unknown;

/** Imports the handler's module and finds the export, with Lambda's errors where either fails. */
export const loadHandler = async (spec: EnvironmentSpec): Promise<Handler> => {
  if (spec.handler.includes('..')) {
    throw new RuntimeError(
      'Runtime.MalformedHandlerName',
      `'${spec.handler}' is not a valid handler name. Use absolute paths when specifying root directories in handler names.`,
    );
  }
  const split = splitHandler(spec.handler);
  if (!split) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const { taskRoot } = spec.code;
  const file = findHandlerFile(taskRoot, spec.handler);
  if (!file) {
    const name = split.module.slice(split.module.lastIndexOf('/') + 1);
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${name}' below ${taskRoot}`);
  }
  const exports = await load(file, taskRoot);
  const handler = memberOf(exports, split.path) ?? memberOf(memberOf(exports, ['default']), split.path);
  if (handler === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${spec.handler} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${spec.handler} is not a function`);
  }
  if (handler.length >= 3 && spec.runtimeMajor >= 24 && !isStreaming(handler as Handler)) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
        'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
        'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler as Handler;
};

const memberOf = (exports: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((found, key) => (found as Record<string, unknown> | undefined)?.[key], exports);

const load = async (file: string, taskRoot: string): Promise<unknown> => {
  try {
    if (isModule(file, taskRoot)) return await import(pathToFileURL(file).href);
    return createRequire(file)(file);
  } catch (error) {
    throw asLoadError(error);
  }
};

const asLoadError = (error: unknown): unknown => {
  if (error instanceof SyntaxError) return new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error);
  if (!(error instanceof Error)) return error;
  const hint = hintFor(error.message);
  if (hint !== '') error.message += hint;
  // What `import` does not find has another code, and Lambda's runtime hands that error on as it is.
  if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') return error;
  return new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}`, error);
};

/** Lambda's own image carries the AWS SDK; this machine has it only where it was installed. */
const hintFor = (message: string): string => {
  const name = /'(@(?:aws-sdk|smithy)\/[^/']+)/.exec(message)?.[1];
  return name ? `\nLambda brings the AWS SDK along, this machine does not: npm install ${name}` : '';
};
