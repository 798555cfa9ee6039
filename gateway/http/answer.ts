/**
 * Ends a request before its integration has answered: thrown by a phase, sent as it stands. HTTP APIs have no gateway
 * responses to customise, so an answer is a status and a fixed text.
 */
export class HttpAnswer extends Error {
  readonly status: number;
  /** Flat: name, value, name, value … */
  readonly headers: readonly string[];
  readonly body: string;
  /** Why; null for an answer that is no failure, such as a preflight's. */
  readonly reason: string | null;
  constructor(status: number, headers: readonly string[], body: string, reason: string | null) {
    super(reason ?? '');
    this.name = 'HttpAnswer';
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.reason = reason;
  }
}

const json = ['content-type', 'application/json'] as const;

const failure =
  (status: number, message: string) =>
  (reason: string): HttpAnswer =>
    new HttpAnswer(status, json, JSON.stringify({ message }), reason);

export const notFound = failure(404, 'Not Found');
export const forbidden = failure(403, 'Forbidden');
export const internalServerError = failure(500, 'Internal Server Error');
export const serviceUnavailable = failure(503, 'Service Unavailable');
/** Choices: AWS names the statuses of the two, not their bodies. */
export const entityTooLarge = failure(413, 'Request Entity Too Large');
export const headersTooLarge = failure(431, 'Request Header Fields Too Large');

/** AWS would serve this; the local gateway refuses rather than serve it wrong or open. */
export const notServedLocally = (reason: string): HttpAnswer =>
  new HttpAnswer(
    501,
    [...json, 'x-gavel-reason', reason.replace(/[^\x20-\x7e]/g, '?')],
    JSON.stringify({ message: `Not implemented by the local gateway: ${reason}` }),
    reason,
  );
