import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ServerProcess, startServer } from '../server-process.ts';
import type { Contender } from './contender.ts';

const root = path.dirname(path.dirname(path.dirname(import.meta.dirname)));

type Ready = {
  readonly apis: readonly { readonly logicalId: string; readonly stages: Readonly<Record<string, string>> }[];
};

export type GavelProcess = ServerProcess & {
  /** The URL of an API's first stage. */
  url(api: string): string;
};

/** `gavel start` as users run it, with an empty data directory. */
export const startGavel = async (template: string, ...flags: readonly string[]): Promise<GavelProcess> => {
  const data = mkdtempSync(path.join(tmpdir(), 'gavel-bench-'));
  const remove = (): void => rmSync(data, { recursive: true, force: true });
  const command = ['start', '--template', template, '--json', '--no-watch', '--port', '0', '--data-dir', data];
  try {
    const server = await startServer([path.join(root, 'bin/gavel.mjs'), ...command, ...flags], /^\{"ready":true/);
    const { apis } = JSON.parse(server.line) as Ready;
    return {
      ...server,
      url(api) {
        const stage = Object.values(apis.find(({ logicalId }) => logicalId === api)?.stages ?? {})[0];
        if (stage === undefined) throw new Error(`${template} has no API ${api} with a stage: ${server.line}`);
        return stage;
      },
      async stop() {
        await server.stop();
        remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
};

export const gateway = (name: string, api: 'Rest' | 'Http'): Contender => ({
  name,
  async start() {
    const gavel = await startGavel(path.join(root, 'test/bench/application/template.yaml'));
    return { url: `${gavel.url(api)}/hello`, pid: gavel.pid, readyMs: gavel.readyMs, stop: () => gavel.stop() };
  },
});
