/**
 * What travels between the gateway and an environment: frames of a length, a type, a head and a body. The body is the
 * event, the answer or a log line as it is; JSON is never wrapped into JSON.
 */
export const frameType = {
  /** Environment → gateway: which environment speaks, with the socket's secret. */
  hello: 1,
  /** Gateway → environment: routes and clock; the init phase may begin. */
  welcome: 2,
  /** Environment → gateway: the handler is loaded. */
  ready: 3,
  /** Environment → gateway: the init phase failed; the body is Lambda's error. */
  initFailed: 4,
  /** Gateway → environment: an event. The head is an `InvocationHead`. */
  invoke: 5,
  /** Environment → gateway: the handler's result. The head is a `ResultHead`. */
  result: 6,
  /** Environment → gateway: the handler failed. The head is a `ResultHead`. */
  failure: 7,
  /** Environment → gateway: an error that nobody caught; it answers the event in hand, and the environment ends itself. */
  fatal: 8,
  /** Environment → gateway: a log event. The head is the request's id, empty in the init phase. */
  log: 9,
  /** Gateway → environment: AWS host names lead elsewhere from now on. */
  routes: 10,
  /** Gateway → environment: the clock was set. */
  clock: 11,
  /** Gateway → environment: give back the events that were handed ahead and have not begun. */
  recall: 12,
  /** Environment → gateway: they will not be begun. */
  recalled: 13,
  /** Environment → gateway: bytes of a streamed answer. The head is the answer's content type. */
  chunk: 14,
} as const;

export type FrameType = (typeof frameType)[keyof typeof frameType];

export type InvocationHead = {
  readonly requestId: string;
  readonly arn: string;
  readonly timeoutMs: number;
  readonly traceId: string;
  readonly clientContext: string | undefined;
  /** Whether the caller takes the answer piece by piece. */
  readonly streams: boolean;
};

/** How long the handler took, in milliseconds of its clock, and the MB in use: `0.42 31`. */
export type ResultHead = `${number} ${number}`;

/** Bytes before the head: the length of what follows (4), the type (1), the length of the head (4). */
const prefixBytes = 9;

export const encodeFrame = (type: FrameType, head: string, body: string): Buffer => {
  const headBytes = Buffer.byteLength(head);
  const bodyBytes = Buffer.byteLength(body);
  const frame = Buffer.allocUnsafe(prefixBytes + headBytes + bodyBytes);
  frame.writeUInt32LE(prefixBytes - 4 + headBytes + bodyBytes, 0);
  frame[4] = type;
  frame.writeUInt32LE(headBytes, 5);
  if (headBytes > 0) frame.write(head, prefixBytes, headBytes, 'utf8');
  if (bodyBytes > 0) frame.write(body, prefixBytes + headBytes, bodyBytes, 'utf8');
  return frame;
};

/** A frame of the type `chunk`, whose body is bytes and no text. */
export const encodeChunk = (contentType: string, bytes: Uint8Array): Buffer => {
  const headBytes = Buffer.byteLength(contentType);
  const frame = Buffer.allocUnsafe(prefixBytes + headBytes + bytes.byteLength);
  frame.writeUInt32LE(frame.length - 4, 0);
  frame[4] = frameType.chunk;
  frame.writeUInt32LE(headBytes, 5);
  frame.write(contentType, prefixBytes, headBytes, 'utf8');
  frame.set(bytes, prefixBytes + headBytes);
  return frame;
};

export type FrameListener = (type: FrameType, head: string, body: string) => void;
export type ChunkListener = (contentType: string, bytes: Buffer) => void;

/** Cuts a stream of chunks into frames. Most chunks hold exactly one frame and are read where they lie. */
export const frameReader = (listener: FrameListener, onChunk?: ChunkListener): ((chunk: Buffer) => void) => {
  let parts: Buffer[] = [];
  let held = 0;
  let wanted = 0;

  return (chunk) => {
    let data = chunk;
    if (held > 0) {
      parts.push(chunk);
      held += chunk.length;
      if (held < wanted || held < 4) return;
      data = Buffer.concat(parts, held);
      parts = [];
      held = 0;
    }
    let at = 0;
    while (data.length - at >= 4) {
      const end = at + 4 + data.readUInt32LE(at);
      if (end > data.length) break;
      const headEnd = at + prefixBytes + data.readUInt32LE(at + 5);
      const type = data[at + 4] as FrameType;
      const head = data.toString('utf8', at + prefixBytes, headEnd);
      if (type === frameType.chunk) onChunk?.(head, data.subarray(headEnd, end));
      else listener(type, head, data.toString('utf8', headEnd, end));
      at = end;
    }
    if (at < data.length) {
      const rest = data.subarray(at);
      parts.push(rest);
      held = rest.length;
      wanted = rest.length >= 4 ? 4 + rest.readUInt32LE(0) : 0;
    }
  };
};
