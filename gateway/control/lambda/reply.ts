import type { Readable } from 'node:stream';

export type LambdaReply = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Readable;
};

export const json = (status: number, value: unknown, headers: LambdaReply['headers'] = {}): LambdaReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

export const empty = (status: number, headers: LambdaReply['headers'] = {}): LambdaReply => ({
  status,
  headers,
  body: '',
});
