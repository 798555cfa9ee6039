import { createHash, createHmac } from 'node:crypto';

export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/** `20260101T000000Z`. */
const amzDate = (at: Date): string => `${at.toISOString().replace(/[-:]|\.\d{3}/g, '')}`;

/**
 * Signature version 4 for a POST of JSON to `/`, which is all that DynamoDB has. The embedded engine wants the headers
 * and checks nothing; AWS, when it stands in as the endpoint, checks everything.
 */
export const createSigner = (credentials: Credentials, region: string) => {
  let keyDay = '';
  let key: Buffer = Buffer.alloc(0);
  const signingKey = (day: string): Buffer => {
    if (day !== keyDay) {
      key = ['dynamodb', 'aws4_request'].reduce<Buffer>(
        hmac,
        hmac(hmac(`AWS4${credentials.secretAccessKey}`, day), region),
      );
      keyDay = day;
    }
    return key;
  };

  return (host: string, target: string, body: string, at: Date): Record<string, string> => {
    const date = amzDate(at);
    const headers: Record<string, string> = {
      'content-type': 'application/x-amz-json-1.0',
      host,
      'x-amz-date': date,
      ...(credentials.sessionToken && { 'x-amz-security-token': credentials.sessionToken }),
      'x-amz-target': target,
    };
    const names = Object.keys(headers).join(';');
    const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
    const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${sha256(body)}`;
    const scope = `${date.slice(0, 8)}/${region}/dynamodb/aws4_request`;
    const signature = hmac(
      signingKey(date.slice(0, 8)),
      `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`,
    ).toString('hex');
    headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
    return headers;
  };
};
