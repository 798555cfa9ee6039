import path from 'node:path';
import { startServer } from '../server-process.ts';
import type { Contender } from './contender.ts';

export const bare: Contender = {
  name: 'bare node:http, same host and worker',
  async start() {
    const server = await startServer([path.join(import.meta.dirname, 'bare-server.ts')], /^listening on /);
    return { ...server, url: server.line.replace('listening on ', '') };
  },
};
