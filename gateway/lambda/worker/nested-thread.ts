/** What a thread that a handler started runs before its own code. */
import { syncBuiltinESMExports } from 'node:module';
import { getEnvironmentData } from 'node:worker_threads';
import { leadAwsCalls } from './aws-calls.ts';
import { followClock } from './follow-clock.ts';
import { type NestedStart, nestedKey } from './nested-threads.ts';
import { leadChildren } from './own-children.ts';
import { leadFiles } from './own-files.ts';
import { actAsProcess } from './process-shape.ts';
import { resolveLikeLambda } from './resolve-modules.ts';

const { spec, scratch, routes, clock } = getEnvironmentData(nestedKey) as unknown as NestedStart;
if (clock) followClock(clock);
leadAwsCalls(routes, spec.allowAws);
resolveLikeLambda(spec, scratch);
actAsProcess(spec);
leadChildren(leadFiles(spec, scratch));
syncBuiltinESMExports();
