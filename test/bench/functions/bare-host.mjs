// The floor for a function's way: a child process with a worker, each joined by Node's own messages, and nothing else.
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

if (isMainThread) {
  const worker = new Worker(new URL(import.meta.url));
  process.on('message', (event) => worker.postMessage(event));
  worker.on('message', (answer) => process.send(answer));
  process.on('disconnect', () => process.exit());
} else {
  const { handler } = await import('./handlers/answer.mjs');
  parentPort.on('message', async ({ id, payload }) => {
    parentPort.postMessage({ id, payload: JSON.stringify(await handler(JSON.parse(payload))) });
  });
}
