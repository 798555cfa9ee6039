import { argv, env, stderr, stdout } from 'node:process';
import type { Command } from './commands/command.ts';
import { UsageError } from './commands/usage-error.ts';
import { GavelError } from './problem.ts';

/** Each command is loaded when it is asked for, so that `gavel ws` pays nothing for the gateway. */
const commands: Readonly<Record<string, { readonly summary: string; load(): Promise<{ command: Command }> }>> = {
  start: { summary: 'serve every API of a template', load: () => import('./commands/start.ts') },
  check: { summary: 'list what of a template is honoured here', load: () => import('./commands/check.ts') },
  exec: { summary: 'start, run a command against it, stop', load: () => import('./commands/exec.ts') },
  invoke: { summary: 'call one function with an event', load: () => import('./commands/invoke.ts') },
  unpin: { summary: 'give functions back to the template', load: () => import('./commands/unpin.ts') },
  ws: { summary: 'a small WebSocket client', load: () => import('./commands/ws.ts') },
};

const overview = (): string =>
  [
    'usage: gavel <command> [options]',
    '',
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(8)} ${summary}`),
    '',
    'gavel <command> --help tells more.',
    '',
  ].join('\n');

/** Runs one command; the number is the exit code. */
const main = async (words: readonly string[]): Promise<number> => {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    stdout.write(overview());
    return 0;
  }
  const known = commands[name];
  if (!known) {
    stderr.write(`gavel: there is no command '${name}'\n\n${overview()}`);
    return 2;
  }
  const { command } = await known.load();
  if (rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined).some((word) => /^(--help|-h)$/.test(word))) {
    stdout.write(command.help);
    return 0;
  }
  return command.run(rest);
};

// Whoever reads the output may go away (head, a terminal that is closed), and a disk may be full; that ends no gateway.
let unwritten: NodeJS.ErrnoException | null = null;
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE' || unwritten) return;
  unwritten = error;
  stderr.write(`gavel: the output cannot be written: ${error.message}\n`);
});
stderr.on('error', () => {});
process.on('exit', (code) => {
  if (unwritten && code === 0) process.exitCode = 74;
});

try {
  process.exitCode = await main(argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    stderr.write(`gavel: ${error.message}\n`);
    process.exitCode = 2;
  } else if (error instanceof GavelError) {
    stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } else {
    const { message, stack } = error as Error;
    stderr.write(`gavel: this should not have happened: ${env.GAVEL_DEBUG ? stack : message}\n`);
    if (!env.GAVEL_DEBUG)
      stderr.write('  GAVEL_DEBUG=1 shows where; please report it with the template that shows it.\n');
    process.exitCode = 70;
  }
}
