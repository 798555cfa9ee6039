import type { IncomingMessage } from 'node:http';

/** API Gateway takes 10 MB; one byte more is read so that the data plane sees the excess and answers 413. */
const mostBytes = 10 * 1024 * 1024 + 1;
const empty = Buffer.alloc(0);

/** The whole body, cut off past the limit so that a huge upload costs no memory. */
export const readBody = (incoming: IncomingMessage): Promise<Buffer> | Buffer => {
  const { headers } = incoming;
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined) return empty;
  if (headers['content-length'] === '0') return empty;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      if (size >= mostBytes) return;
      size += chunk.length;
      chunks.push(size > mostBytes ? chunk.subarray(0, chunk.length - (size - mostBytes)) : chunk);
      if (size >= mostBytes) resolve(Buffer.concat(chunks));
    });
    incoming.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    incoming.on('error', reject);
    incoming.on('close', () => reject(new Error('the client closed the connection')));
  });
};
