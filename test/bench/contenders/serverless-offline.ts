import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startServer } from '../server-process.ts';
import type { Contender } from './contender.ts';

const application = path.join(path.dirname(import.meta.dirname), 'application');

/** serverless-offline takes no port 0. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Installed for this run alone: it is no dependency of ours. */
const install = (folder: string): void => {
  for (const file of ['hello.mjs', 'serverless.yml']) cpSync(path.join(application, file), path.join(folder, file));
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const packages = ['serverless@3.40.0', 'serverless-offline@13.10.0'];
  const { status, stderr } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`serverless-offline could not be installed:\n${stderr}`);
};

export const serverlessOffline: Contender = {
  name: 'serverless-offline 13.10.0',
  async start() {
    const folder = mkdtempSync(path.join(tmpdir(), 'gavel-bench-serverless-'));
    const remove = (): void => rmSync(folder, { recursive: true, force: true });
    try {
      install(folder);
      const [httpPort, lambdaPort] = [await freePort(), await freePort()];
      const program = path.join(folder, 'node_modules/serverless/bin/serverless.js');
      const ports = ['--host', '127.0.0.1', '--httpPort', `${httpPort}`, '--lambdaPort', `${lambdaPort}`];
      const server = await startServer(
        [program, 'offline', 'start', '--noPrependStageInUrl', ...ports],
        /Server ready/,
        {
          cwd: folder,
          env: {
            SLS_TELEMETRY_DISABLED: '1',
            SLS_NOTIFICATIONS_MODE: 'off',
            AWS_ACCESS_KEY_ID: 'x',
            AWS_SECRET_ACCESS_KEY: 'x',
          },
        },
      );
      return {
        ...server,
        url: `http://127.0.0.1:${httpPort}/hello`,
        async stop() {
          await server.stop();
          remove();
        },
      };
    } catch (error) {
      remove();
      throw error;
    }
  },
};
