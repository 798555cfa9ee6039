import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { type Gateway, startGateway } from '../gateway.ts';
import { createObserver } from '../observe/observer.ts';
import type { Command } from './command.ts';
import { gatewayFlags, gatewayFlagsHelp, gatewayOptions, parseFlags } from './gateway-flags.ts';
import { lineWriter } from './line-writer.ts';
import { logTo } from './log-to.ts';
import { paintFor } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const help = `usage: gavel exec [options] -- COMMAND [ARGS …]

Starts the gateway (in memory, on free ports, unless told otherwise), runs the command, stops, and passes its exit code on.
The command finds in its environment: GAVEL_CONTROL, GAVEL_<API>_URL for each API (its stage that users meet), the
credentials and region of the local identity, AWS_ENDPOINT_URL_LAMBDA where the template has functions, and
AWS_ENDPOINT_URL_DYNAMODB where it has tables.

  --logs                     print requests and function logs on the error stream
${gatewayFlagsHelp}`;

const flags = { ...gatewayFlags, logs: { type: 'boolean' } } as const;

export const command: Command = {
  help,
  async run(words) {
    const mark = words.indexOf('--');
    const [program, ...args] = mark < 0 ? [] : words.slice(mark + 1);
    if (program === undefined) throw new UsageError('exec wants a command after --. See --help.');
    const { values, positionals } = parseFlags(words.slice(0, mark), flags);
    if (positionals.length > 0) throw new UsageError(`exec takes no '${positionals[0]}' before --`);
    const observer = createObserver();
    if (values.logs) observer.subscribe(logTo(lineWriter(process.stderr), paintFor(process.stderr)));
    const gateway = await startGateway({ ...gatewayOptions(values, 0), observer });
    try {
      return await run(program, args, environmentFor(gateway));
    } finally {
      await gateway.stop();
    }
  },
};

const environmentFor = (gateway: Gateway): Record<string, string> => {
  const { readiness, dynamodbEndpoint } = gateway;
  const found: Record<string, string> = {
    GAVEL_CONTROL: readiness.control,
    AWS_ACCESS_KEY_ID: readiness.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: readiness.credentials.secretAccessKey,
    AWS_REGION: gateway.application().region,
  };
  if (gateway.application().functions.length > 0) found.AWS_ENDPOINT_URL_LAMBDA = readiness.control;
  if (dynamodbEndpoint !== null) found.AWS_ENDPOINT_URL_DYNAMODB = dynamodbEndpoint;
  for (const { logicalId } of readiness.apis) {
    const url = gateway.url(logicalId);
    if (url !== null) found[`GAVEL_${logicalId.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_URL`] = url;
  }
  return found;
};

const run = (program: string, args: readonly string[], environment: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', env: { ...process.env, ...environment } });
    const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on('SIGINT', pass).on('SIGTERM', pass);
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(new UsageError(error.code === 'ENOENT' ? `there is no command '${program}'` : error.message)),
    );
    child.once('exit', (code, signal) => {
      process.off('SIGINT', pass).off('SIGTERM', pass);
      // As a shell counts: 128 and the signal's number.
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
