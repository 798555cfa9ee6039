/**
 * What a worker thread runs first. The compile cache must be there before the rest is read: with it a worker starts in
 * half the time, as nothing is stripped of its types or compiled twice.
 */
import { enableCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';
import type { WorkerStart } from '../environments/environment-spec.ts';

const start = workerData as WorkerStart;
enableCompileCache(start.compileCache);
const { runEnvironment } = await import('./environment.ts');
runEnvironment(start);
