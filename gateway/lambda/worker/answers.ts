import type { EnvironmentSpec } from '../environments/environment-spec.ts';
import { maximumResponseBytes, maximumStreamedBytes } from '../environments/failures.ts';
import type { CallHandler } from './call-handler.ts';
import type { HandlerContext } from './context.ts';
import { RuntimeError } from './error-payload.ts';
import type { Handler } from './load-handler.ts';
import { type ChunkSink, isStreaming, runStreaming } from './response-stream.ts';

/** Runs the handler and resolves with its answer's text, which is empty where the answer went piece by piece. */
export type Answer = (event: unknown, context: HandlerContext, streams: boolean) => Promise<string>;

export const answerOf = (spec: EnvironmentSpec, handler: Handler, call: CallHandler, sink: ChunkSink): Answer => {
  if (!isStreaming(handler)) {
    return async (event, context) => {
      const text = toJson(spec, await call(handler, event, context));
      // A character is at most three bytes of UTF-8, so that most answers need not be measured.
      if (text.length * 3 > maximumResponseBytes) refuseLarger(Buffer.byteLength(text), maximumResponseBytes);
      return text;
    };
  }
  return async (event, context, streams) => {
    if (streams) {
      await runStreaming(handler, event, context, bounded(sink, maximumStreamedBytes));
      return '';
    }
    const chunks: Buffer[] = [];
    const collect: ChunkSink = (_contentType, bytes, done) => {
      chunks.push(bytes);
      done();
    };
    await runStreaming(handler, event, context, bounded(collect, maximumResponseBytes));
    return Buffer.concat(chunks).toString('utf8');
  };
};

const bounded = (sink: ChunkSink, most: number): ChunkSink => {
  let total = 0;
  return (contentType, bytes, done) => {
    total += bytes.length;
    if (total > most) done(tooLarge(total, most));
    else sink(contentType, bytes, done);
  };
};

/** `undefined` is answered as null; what JSON cannot hold is an error of the handler. */
const toJson = ({ runtimeMajor }: EnvironmentSpec, result: unknown): string => {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    const name = runtimeMajor >= 24 ? 'Runtime.JSONStringifyError' : 'Error';
    throw new RuntimeError(name, 'Unable to stringify response body', error);
  }
};

const refuseLarger = (bytes: number, most: number): void => {
  if (bytes > most) throw tooLarge(bytes, most);
};

const tooLarge = (bytes: number, most: number): RuntimeError =>
  new RuntimeError(
    'Function.ResponseSizeTooLarge',
    `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${most} bytes).`,
  );
