import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export type BareHost = { invoke(payload: string): Promise<string>; stop(): void };

export const startBareHost = (): BareHost => {
  const child = fork(fileURLToPath(new URL('./bare-host.mjs', import.meta.url)), { stdio: 'inherit' });
  const waiting = new Map<number, (payload: string) => void>();
  let lastId = 0;
  child.on('message', ({ id, payload }: { id: number; payload: string }) => {
    waiting.get(id)!(payload);
    waiting.delete(id);
  });
  return {
    invoke: (payload) =>
      new Promise((done) => {
        const id = ++lastId;
        waiting.set(id, done);
        child.send({ id, payload });
      }),
    stop: () => void child.kill('SIGKILL'),
  };
};
