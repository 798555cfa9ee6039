import { createInterface } from 'node:readline';
import WebSocket from 'ws';
import type { Command } from './command.ts';
import { parseFlags } from './gateway-flags.ts';
import { paintFor } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const help = `usage: gavel ws URL [options]

Opens a WebSocket, prints every message that arrives, and sends every line that you type. Ctrl+D or Ctrl+C ends it.

  -s, --send TEXT            send this once the socket is open; repeat for more
  -n, --count N              leave after N messages have arrived
  -w, --wait SECONDS         leave with 1 when nothing has arrived for so long
  -H, --header 'NAME: VALUE' a header of the handshake; repeat for more
  --protocol NAME            offer a subprotocol; repeat for more
`;

const flags = {
  send: { type: 'string', short: 's', multiple: true },
  count: { type: 'string', short: 'n' },
  wait: { type: 'string', short: 'w' },
  header: { type: 'string', short: 'H', multiple: true },
  protocol: { type: 'string', multiple: true },
} as const;

const positive = (name: string, text: string | undefined): number => {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const value = Number(text);
  if (!(value > 0)) throw new UsageError(`--${name} wants a number above zero, not '${text}'`);
  return value;
};

export const command: Command = {
  help,
  async run(words) {
    const { values, positionals } = parseFlags(words, flags);
    const [url, ...more] = positionals;
    if (url === undefined || more.length > 0) throw new UsageError('ws wants one URL, as in ws://127.0.0.1:4503/dev');
    if (!/^wss?:\/\//.test(url)) throw new UsageError(`'${url}' is no WebSocket URL; it begins with ws:// or wss://`);
    const count = positive('count', values.count);
    const waitMs = positive('wait', values.wait) * 1000;
    const headers = Object.fromEntries((values.header ?? []).map(splitHeader));
    return converse(new WebSocket(url, values.protocol ?? [], { headers }), values.send ?? [], count, waitMs);
  },
};

const splitHeader = (text: string): [string, string] => {
  const colon = text.indexOf(':');
  if (colon < 1) throw new UsageError(`--header wants 'Name: value', not '${text}'`);
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
};

const converse = (socket: WebSocket, first: readonly string[], count: number, waitMs: number): Promise<number> =>
  new Promise((resolve) => {
    const paint = paintFor(process.stdout);
    let arrived = 0;
    let code = 0;
    let idle: NodeJS.Timeout | undefined;
    const leave = (exit: number): void => {
      code = exit;
      socket.close(1000);
    };
    const rearm = (): void => {
      clearTimeout(idle);
      if (!Number.isFinite(waitMs)) return;
      idle = setTimeout(() => {
        process.stderr.write(`gavel: nothing arrived within ${waitMs / 1000} s\n`);
        leave(1);
      }, waitMs);
    };
    socket.on('open', () => {
      process.stderr.write(`${paint.dim('open')}\n`);
      for (const text of first) socket.send(text);
      // Not before: lines that nobody listens for yet would be lost.
      const lines = createInterface({ input: process.stdin, terminal: false });
      lines.on('line', (text) => socket.send(text));
      // With a count or a wait, what ends the conversation is the other side, not the end of a pipe.
      lines.on('close', () => {
        if (!Number.isFinite(count) && !Number.isFinite(waitMs)) leave(0);
      });
      rearm();
    });
    socket.on('message', (data) => {
      process.stdout.write(`${data.toString()}\n`);
      rearm();
      if (++arrived >= count) leave(0);
    });
    socket.on('unexpected-response', (_, response) => {
      process.stderr.write(`gavel: the server refused the handshake with ${response.statusCode}\n`);
      code = 1;
      response.destroy();
      socket.terminate();
    });
    socket.on('error', (error) => {
      if (code === 0) process.stderr.write(`gavel: ${error.message || 'the connection failed'}\n`);
      code = 1;
    });
    socket.on('close', (status, reason) => {
      clearTimeout(idle);
      process.stdin.destroy();
      // 1000 and 1005 are an end in good order, by whichever side; anything else cut the conversation off.
      if (status !== 1000 && status !== 1005) code = 1;
      process.stderr.write(`${paint.dim(`closed ${status}${reason.length > 0 ? ` ${reason}` : ''}`)}\n`);
      resolve(code);
    });
  });
