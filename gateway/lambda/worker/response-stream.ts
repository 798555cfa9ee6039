import { Writable } from 'node:stream';
import { streaming } from './load-handler.ts';

/** The stream of `awslambda.streamifyResponse`, for a caller that takes the answer whole. */
class ResponseStream extends Writable {
  readonly chunks: Buffer[] = [];
  setContentType(_contentType: string): void {}
  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
}

/** Metadata, then eight NUL bytes, then the body: the prelude of Lambda's streamed HTTP answers. */
const httpResponseStream = {
  from(stream: ResponseStream, prelude: unknown): ResponseStream {
    stream.setContentType('application/vnd.awslambda.http-integration-response');
    stream.write(JSON.stringify(prelude));
    stream.write('\0'.repeat(8));
    return stream;
  },
};

type StreamingHandler = (event: unknown, stream: Writable, context: unknown) => unknown;

export const defineAwslambda = (): void => {
  const streamifyResponse = (handler: StreamingHandler): StreamingHandler =>
    Object.assign(handler, { [streaming]: 'response' });
  Object.assign(globalThis, { awslambda: { streamifyResponse, HttpResponseStream: httpResponseStream } });
};

/** Runs a streaming handler and gives what it wrote when the stream has ended. */
export const collectStream = (run: (stream: Writable) => unknown): Promise<string> =>
  new Promise((resolve, reject) => {
    const stream = new ResponseStream();
    stream.on('finish', () => resolve(Buffer.concat(stream.chunks).toString('utf8')));
    stream.on('error', reject);
    Promise.resolve()
      .then(() => run(stream))
      .catch(reject);
  });
