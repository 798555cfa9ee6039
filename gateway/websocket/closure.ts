/** How a connection ends: the close frame's code and reason, which `$disconnect` is told as well. */
export type Closure = { readonly code: number; readonly reason: string };

/** The ends that the gateway brings about. */
export const closures = {
  deleted: { code: 1000, reason: 'Connection Closed Normally' },
  goingAway: { code: 1001, reason: 'Going away' },
  binary: { code: 1003, reason: '' },
  tooBig: { code: 1009, reason: '' },
  stopping: { code: 1012, reason: 'Service restart' },
  /** No close frame: the line was cut, by either side. */
  dropped: { code: 1006, reason: '' },
} as const satisfies Record<string, Closure>;

/** What a client's own end is called. Code 1005 stands for a close frame without a code. */
export const clientClosure = (code: number, reason: string): Closure =>
  code === 1005 ? { code, reason: 'Client-side close frame status not set' } : { code, reason };

/** The code that `ws` closes with when frames break the protocol, from the code of its error. */
export const protocolClosure = (errorCode: string | undefined): Closure => {
  if (errorCode === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH') return closures.tooBig;
  return { code: errorCode === 'WS_ERR_INVALID_UTF8' ? 1007 : 1002, reason: '' };
};
