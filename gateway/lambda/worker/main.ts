/** What a worker thread runs. */
import { parentPort, workerData } from 'node:worker_threads';
import type { WorkerStart } from '../environments/environment-spec.ts';
import { runEnvironment } from './environment.ts';

// Meant for Node, which has read it by now, and no variable that Lambda sets.
delete process.env.NODE_COMPILE_CACHE;
// One that was made ahead of the need hears later what it is for.
if (workerData !== null) runEnvironment(workerData as WorkerStart);
else {
  parentPort!.once('message', (start: WorkerStart) => {
    Object.assign(process.env, start.spec.variables);
    runEnvironment(start);
  });
}
