import { commandOf, type RuntimeCommands } from './lambda/runtime-api/runtime-commands.ts';
import type { ReadResult } from './template/read-application.ts';

/** What a template cannot know: a runtime other than Node.js runs where a command for it is given. */
export const withRuntimes = (read: ReadResult, runtimes: RuntimeCommands): ReadResult => {
  const running = new Set(
    read.application.functions
      .filter(({ runtime }) => commandOf(runtime, runtimes) !== null)
      .map(({ logicalId }) => logicalId),
  );
  if (running.size === 0) return read;
  const support = read.support.map((line) =>
    line.property === 'Runtime' && running.has(line.logicalId)
      ? { ...line, level: 'differently' as const, note: 'run by the command that --runtime gives' }
      : line,
  );
  return { ...read, support };
};
