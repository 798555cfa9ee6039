import { type Clock, systemClock } from '../clock.ts';
import { hexId } from '../ids.ts';
import type { DeployedFunctionOptions } from './deployed-function.ts';
import { Environment } from './environments/environment.ts';
import type { InitializationType } from './environments/environment-pool.ts';
import type { EnvironmentSpec } from './environments/environment-spec.ts';
import { environmentVariables } from './environments/environment-variables.ts';
import { jsonLog } from './environments/json-invocation-log.ts';
import { textLog } from './environments/text-invocation-log.ts';
import type { HostFleet } from './host-fleet.ts';
import { commandOf, commandWords } from './runtime-api/runtime-commands.ts';
import { commandVariables } from './runtime-api/runtime-variables.ts';
import type { LambdaRuntimeOptions } from './runtime-options.ts';
import type { VersionContent } from './versions/version-content.ts';

/** Starts environments of a version: what they are told, and who listens to them. */
export const environmentLauncher =
  (options: LambdaRuntimeOptions, fleet: () => HostFleet): DeployedFunctionOptions['launch'] =>
  (version, content) =>
  (owner, initializationType) => {
    const { clock, observer, routes } = options;
    const { fn } = content;
    const spec = environmentSpec(options, version, content, initializationType);
    const log = (fn.loggingConfig.format === 'JSON' ? jsonLog : textLog)({
      functionName: fn.name,
      version,
      memorySize: fn.memorySize,
      runtime: fn.runtime,
      region: options.account.region,
      initializationType,
      systemLogLevel: fn.loggingConfig.systemLogLevel,
      clock,
      observer,
    });
    return fleet().launch(
      spec,
      (id, worker) =>
        new Environment({
          id,
          version,
          timeoutMs: fn.timeoutSeconds * 1000,
          clock,
          followsClock: clock !== systemClock,
          billsInit: initializationType === 'on-demand',
          log,
          owner,
          routes,
          ...worker,
        }),
    );
  };

const environmentSpec = (
  options: LambdaRuntimeOptions,
  version: string,
  { fn, code, layers }: VersionContent,
  initializationType: InitializationType,
): EnvironmentSpec => {
  const { account, clock, credentials } = options;
  const logGroup = fn.loggingConfig.logGroup || `/aws/lambda/${fn.name}`;
  const logStream = logStreamName(clock, version);
  const command = commandOf(fn.runtime, options.runtimes ?? {});
  const variables = environmentVariables({
    fn,
    version,
    region: account.region,
    taskRoot: code.taskRoot,
    logGroup,
    logStream,
    credentials: credentials(fn),
    initializationType,
  });
  return {
    functionName: fn.name,
    version,
    memorySize: fn.memorySize,
    logGroup,
    logStream,
    runtimeMajor: Number(/\d+/.exec(fn.runtime)?.[0] ?? 24),
    handler: fn.handler,
    command: command === null ? null : commandWords(command, fn, code.taskRoot),
    code,
    layers,
    logFormat: fn.loggingConfig.format,
    applicationLogLevel: fn.loggingConfig.applicationLogLevel,
    allowAws: options.allowAws ?? false,
    inspect: options.debugPort !== undefined && command === null,
    variables: command === null ? variables : commandVariables(variables, fn, layers),
  };
};

/** `2026/08/01/[$LATEST]<32 hex digits>`: a stream for each environment. */
const logStreamName = (clock: Clock, version: string): string =>
  `${new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${hexId(16)}`;
