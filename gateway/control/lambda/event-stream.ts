import { crc32 } from 'node:zlib';

/**
 * A message of AWS's event streams: lengths, headers and payload between two check sums.
 * https://smithy.io/2.0/aws/amazon-eventstream.html
 */
export const eventMessage = (type: string, contentType: string, payload: Uint8Array): Buffer => {
  const headers = Buffer.concat([
    header(':message-type', 'event'),
    header(':event-type', type),
    header(':content-type', contentType),
  ]);
  const message = Buffer.allocUnsafe(12 + headers.length + payload.length + 4);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(headers.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  headers.copy(message, 12);
  message.set(payload, 12 + headers.length);
  message.writeUInt32BE(crc32(message.subarray(0, -4)), message.length - 4);
  return message;
};

const textType = 7;

const header = (name: string, value: string): Buffer => {
  const buffer = Buffer.allocUnsafe(1 + name.length + 3 + value.length);
  buffer[0] = name.length;
  buffer.write(name, 1, 'latin1');
  buffer[1 + name.length] = textType;
  buffer.writeUInt16BE(value.length, 2 + name.length);
  buffer.write(value, 4 + name.length, 'latin1');
  return buffer;
};
