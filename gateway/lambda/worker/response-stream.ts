import { Writable } from 'node:stream';
import { errorText, RuntimeError } from './error-payload.ts';
import type { Handler } from './load-handler.ts';

/** Takes what the handler wrote; `done` tells when it is on its way, so that a slow reader slows the handler down. */
export type ChunkSink = (contentType: string, bytes: Buffer, done: (error?: Error | null) => void) => void;

/** How `awslambda.streamifyResponse` marks a handler. */
const streaming = Symbol.for('aws.lambda.runtime.handler.streaming');
const highWaterMark = Symbol.for('aws.lambda.runtime.handler.streaming.highWaterMark');

type StreamingHandler = Handler & { [streaming]?: unknown; [highWaterMark]?: number };

export const isStreaming = (handler: StreamingHandler): boolean => {
  const mark = handler[streaming];
  if (mark === undefined || mark === null || mark === false) return false;
  if (mark === 'response') return true;
  throw new RuntimeError('Runtime.MalformedStreamingHandler', 'Only response streaming is supported.');
};

class ResponseStream extends Writable {
  readonly #sink: ChunkSink;
  #contentType = 'application/octet-stream';
  #written = false;
  /** Metadata that goes before the first write. One that is ended without a write never shows it, on Lambda as here. */
  #prelude: (() => void) | null = null;

  constructor(sink: ChunkSink, mark: number | undefined) {
    super(mark === undefined ? {} : { highWaterMark: mark });
    this.#sink = sink;
  }

  setContentType(contentType: string): void {
    if (this.#written) {
      throw new RuntimeError('Runtime.InvalidStreamingOperation', 'Cannot set content-type, too late.');
    }
    this.#contentType = contentType;
  }

  beforeFirstWrite(prelude: () => void): void {
    this.#prelude = prelude;
  }

  override write(chunk: unknown, ...rest: unknown[]): boolean {
    const prelude = this.#written ? null : this.#prelude;
    this.#prelude = null;
    this.#written = true;
    prelude?.();
    const data = typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);
    return super.write(data, ...(rest as [BufferEncoding]));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#written = true;
    this.#sink(this.#contentType, chunk, done);
  }
}

const httpResponseStream = {
  /** Metadata, then eight NUL bytes, then the body: the form of Lambda's streamed HTTP answers. */
  from(stream: ResponseStream, metadata: unknown): ResponseStream {
    stream.setContentType('application/vnd.awslambda.http-integration-response');
    const prelude = JSON.stringify(metadata);
    stream.beforeFirstWrite(() => {
      stream.write(prelude);
      stream.write(new Uint8Array(8));
    });
    return stream;
  },
};

/** The global that Lambda gives to handlers. */
export const defineAwslambda = (): void => {
  // How a function says that it wants no such global.
  if (/^(?:1|true)$/.test(process.env.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? '')) return;
  const streamifyResponse = (handler: StreamingHandler, options?: { highWaterMark?: number }): StreamingHandler => {
    handler[streaming] = 'response';
    if (typeof options?.highWaterMark === 'number') handler[highWaterMark] = Math.trunc(options.highWaterMark);
    return handler;
  };
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: httpResponseStream } });
};

/**
 * Runs a streaming handler and resolves when it is done and its stream has ended. One that never ends its stream is
 * waited for until its time is up. An error after the end changes nothing any more.
 */
export const runStreaming = async (
  handler: StreamingHandler,
  event: unknown,
  context: unknown,
  sink: ChunkSink,
): Promise<void> => {
  const stream = new ResponseStream(sink, handler[highWaterMark]);
  const ended = new Promise<void>((resolve, reject) => {
    stream.on('finish', resolve);
    stream.on('error', reject);
    stream.on('close', () => reject(new Error('Response stream is not finished.')));
  });
  // Awaited below, unless the handler fails first.
  ended.catch(() => {});
  const returned = handler(event, stream, context);
  if (typeof (returned as PromiseLike<unknown> | null)?.then !== 'function') {
    throw new Error('Streaming does not support non-async handlers.');
  }
  try {
    const result = await returned;
    if (result !== undefined) console.warn('Streaming handlers ignore return values.');
  } catch (error) {
    if (!stream.writableFinished) throw error;
    console.error(`Invoke Error \t${errorText(error)}`);
  }
  await ended;
};
