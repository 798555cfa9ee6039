/** What a worker thread runs. */
import { workerData } from 'node:worker_threads';
import type { WorkerStart } from '../environments/environment-spec.ts';
import { runEnvironment } from './environment.ts';

// Meant for Node, which has read it by now, and no variable that Lambda sets.
delete process.env.NODE_COMPILE_CACHE;
runEnvironment(workerData as WorkerStart);
