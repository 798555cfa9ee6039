import type { IncomingMessage } from 'node:http';
import { maximumResponseBytes, maximumStreamedBytes } from '../environments/failures.ts';

export type RuntimeAnswer =
  | { readonly kind: 'answered'; readonly body: string }
  /** Lambda's error, as the runtime gives it. */
  | { readonly kind: 'failed'; readonly body: string }
  | { readonly kind: 'too-large'; readonly bytes: number; readonly most: number };

/** Where the bytes of a streamed answer go; resolves when there is room for more. */
export type AnswerSink = (contentType: string, bytes: Buffer) => Promise<void>;

/** Reads what a runtime posts as its response: whole, or piece by piece where it streams and the caller takes pieces. */
export const readAnswer = async (request: IncomingMessage, sink: AnswerSink | null): Promise<RuntimeAnswer> => {
  const isStreamed = request.headers['lambda-runtime-function-response-mode'] === 'streaming';
  const most = isStreamed && sink ? maximumStreamedBytes : maximumResponseBytes;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) {
      // The rest is read and dropped, so that the runtime hears the answer.
      request.resume();
      return { kind: 'too-large', bytes, most };
    }
    if (isStreamed && sink) await sink(request.headers['content-type'] ?? 'application/octet-stream', chunk);
    else chunks.push(chunk);
  }
  // An error midway stands after the last piece.
  const type = request.trailers['lambda-runtime-function-error-type'];
  if (type === undefined) return { kind: 'answered', body: Buffer.concat(chunks).toString('utf8') };
  const told = Buffer.from(request.trailers['lambda-runtime-function-error-body'] ?? '', 'base64').toString('utf8');
  return { kind: 'failed', body: errorOf(told, type) };
};

/** An error with `errorType`, whatever the runtime said of it. */
export const errorOf = (body: string, headerType: string | undefined): string => {
  try {
    const error: unknown = JSON.parse(body);
    if (typeof error === 'object' && error !== null && 'errorType' in error) return body;
    if (typeof error === 'object' && error !== null) return JSON.stringify({ errorType: headerType, ...error });
  } catch {
    // Not JSON: what was said is the message.
  }
  return JSON.stringify({ errorType: headerType ?? 'Runtime.Unknown', errorMessage: body });
};
