import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findHandlerFile, splitHandler } from '../build/handler-file.ts';
import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { RuntimeError } from './error-payload.ts';

// biome-ignore lint/suspicious/noExplicitAny: what a user's module exports is anybody's guess.
export type Handler = (event: unknown, context: unknown, callback?: any) => unknown;

/** Imports the handler's module and finds the export, with Lambda's errors where either fails. */
export const loadHandler = async (spec: EnvironmentSpec): Promise<Handler> => {
  const split = splitHandler(spec.handler);
  if (!split) throw new RuntimeError('Runtime.MalformedHandlerName', 'Bad handler');
  const { taskRoot } = spec.code;
  const file = findHandlerFile(taskRoot, spec.handler);
  if (!file) {
    const name = split.module.slice(split.module.lastIndexOf('/') + 1);
    throw new RuntimeError('Runtime.ImportModuleError', `Error: Cannot find module '${name}' below ${taskRoot}`);
  }
  const exports = await load(file);
  const handler = split.path.reduce<unknown>(
    (found, key) => (found as Record<string, unknown> | undefined)?.[key],
    exports,
  );
  if (handler === undefined) {
    throw new RuntimeError('Runtime.HandlerNotFound', `${spec.handler} is undefined or not exported`);
  }
  if (typeof handler !== 'function') {
    throw new RuntimeError('Runtime.HandlerNotFound', `${spec.handler} is not a function`);
  }
  if (handler.length >= 3 && spec.runtimeMajor >= 24 && !isStreaming(handler)) {
    throw new RuntimeError(
      'Runtime.CallbackHandlerDeprecated',
      'ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. ' +
        'You need to modify this function to use a supported handler signature to use Node.js 24 or later. ' +
        'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.',
    );
  }
  return handler as Handler;
};

/** How `awslambda.streamifyResponse` marks a handler. */
export const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');

export const isStreaming = (handler: object): boolean => streaming in handler;

const load = async (file: string): Promise<unknown> => {
  try {
    if (isModule(file)) return await import(pathToFileURL(file).href);
    return createRequire(file)(file);
  } catch (error) {
    throw asLoadError(error);
  }
};

const isModule = (file: string): boolean => {
  const extension = extname(file);
  if (extension !== '.js' && extension !== '') return extension === '.mjs';
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const type = packageType(join(folder, 'package.json'));
    if (type !== undefined) return type === 'module';
    if (folder === dirname(folder)) return false;
  }
};

/** undefined: there is no such package.json. */
const packageType = (file: string): string | null | undefined => {
  try {
    return (JSON.parse(readFileSync(file, 'utf8')) as { type?: string }).type ?? null;
  } catch {
    return undefined;
  }
};

const notFoundCodes = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED']);

const asLoadError = (error: unknown): unknown => {
  if (error instanceof SyntaxError) return new RuntimeError('Runtime.UserCodeSyntaxError', String(error), error);
  if (error instanceof Error && notFoundCodes.has((error as NodeJS.ErrnoException).code ?? '')) {
    return new RuntimeError('Runtime.ImportModuleError', `Error: ${error.message}${hintFor(error.message)}`, error);
  }
  return error;
};

/** Lambda's own image carries the AWS SDK; this machine has it only where it was installed. */
const hintFor = (message: string): string => {
  const name = /'(@(?:aws-sdk|smithy)\/[^/']+)/.exec(message)?.[1];
  return name ? `\nLambda brings the AWS SDK along, this machine does not: npm install ${name}` : '';
};
