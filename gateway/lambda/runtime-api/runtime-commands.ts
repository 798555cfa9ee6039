import { isAbsolute, join } from 'node:path';
import type { LambdaFunction } from '../../model/lambda-function.ts';

/**
 * By which command a runtime other than Node.js runs here, by the runtime's name (`python3.13`) or the beginning of it
 * (`python`). The user gives them: nothing of other languages comes with this gateway.
 */
export type RuntimeCommands = Readonly<Record<string, string>>;

/** The longest name that the runtime begins with; null: there is none. */
export const commandOf = (runtime: string, commands: RuntimeCommands): string | null => {
  const [best] = Object.keys(commands)
    .filter((name) => runtime.startsWith(name))
    .sort((a, b) => b.length - a.length);
  return best === undefined ? null : commands[best]!;
};

/** Why a function's runtime does not run here; null where it does. */
export const whyNoRuntime = ({ logicalId, runtime }: LambdaFunction, commands: RuntimeCommands): string | null => {
  if (/^nodejs\d+\.x$/.test(runtime) || commandOf(runtime, commands) !== null) return null;
  return `${logicalId} has the runtime ${runtime || '(none)'}; only Node.js runs here by itself. Give a command that speaks Lambda's Runtime API: --runtime ${runtime || 'NAME'}='${exampleFor(runtime)}'`;
};

const exampleFor = (runtime: string): string =>
  runtime.startsWith('python') ? 'python3 -m awslambdaric' : runtime.startsWith('provided') ? './bootstrap' : 'COMMAND';

/**
 * The words of a command, for code that lies in `taskRoot`. The handler is the last of them, as Lambda's images hand it
 * to their runtimes; a `bootstrap` of one's own reads `_HANDLER`.
 */
export const commandWords = (command: string, fn: LambdaFunction, taskRoot: string): readonly string[] => {
  const [program = '', ...rest] = wordsOf(command);
  const isOwn = /^\.{1,2}[/\\]/.test(program) && !isAbsolute(program);
  const words = [isOwn ? join(taskRoot, program) : program, ...rest];
  return fn.runtime.startsWith('provided') ? words : [...words, fn.handler];
};

/** Parted at spaces, but for those in quotes. No shell reads them. */
const wordsOf = (command: string): string[] =>
  [...command.matchAll(/(?:"([^"]*)"|'([^']*)'|[^\s"'])+/g)].map(([word]) =>
    word.replace(/"([^"]*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? ''),
  );
