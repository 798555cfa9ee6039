import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Gateway } from '#gateway/gateway.ts';

export type LambdaAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever is answered.
  readonly json: any;
  readonly bytes: Buffer;
};

/** Calls Lambda's API of a gateway, signed as the SDK signs. */
export const lambdaClient =
  (gateway: Gateway) =>
  async (
    method: string,
    target: string,
    {
      headers = {},
      body = '',
      signal = null,
    }: { headers?: Record<string, string>; body?: unknown; signal?: AbortSignal | null } = {},
  ): Promise<LambdaAnswer> => {
    const { control, credentials } = gateway.readiness;
    const url = new URL(`${control}${target}`);
    const signer = new SignatureV4({ credentials, region: 'us-east-1', service: 'lambda', sha256: Sha256 });
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const request = new HttpRequest({
      method,
      protocol: 'http:',
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: { host: url.host, ...headers },
      ...(text === '' ? {} : { body: text }),
    });
    const signed = await signer.sign(request, { signingDate: new Date(gateway.clock.now()) });
    const { host: _, ...sent } = signed.headers;
    const response = await fetch(url, { method, headers: sent, signal, ...(text === '' ? {} : { body: text }) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return {
      status: response.status,
      headers: response.headers,
      text: bytes.toString('utf8'),
      get json() {
        return JSON.parse(bytes.toString('utf8'));
      },
      bytes,
    };
  };
