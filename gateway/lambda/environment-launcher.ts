import { type Clock, systemClock } from '../clock.ts';
import { hexId } from '../ids.ts';
import type { DeployedFunction, VersionContent } from './deployed-function.ts';
import { Environment } from './environments/environment.ts';
import type { EnvironmentSpec } from './environments/environment-spec.ts';
import { environmentVariables } from './environments/environment-variables.ts';
import { invocationLog } from './environments/invocation-log.ts';
import type { HostFleet } from './host-fleet.ts';
import type { LambdaRuntimeOptions } from './runtime-options.ts';

/** Starts environments of a version: what they are told, and who listens to them. */
export const environmentLauncher =
  (options: LambdaRuntimeOptions, fleet: () => HostFleet): ConstructorParameters<typeof DeployedFunction>[2] =>
  (version, content) =>
  (owner) => {
    const { clock, observer, routes } = options;
    const { fn } = content;
    const spec = environmentSpec(options, version, content);
    const log = invocationLog({
      functionName: fn.name,
      version,
      memorySize: fn.memorySize,
      format: fn.loggingConfig.format,
      systemLogLevel: fn.loggingConfig.systemLogLevel,
      clock,
      observer,
    });
    return fleet().launch(
      spec,
      (id, terminate) =>
        new Environment({
          id,
          version,
          timeoutMs: fn.timeoutSeconds * 1000,
          clock,
          followsClock: clock !== systemClock,
          log,
          owner,
          routes,
          terminate,
        }),
    );
  };

const environmentSpec = (
  options: LambdaRuntimeOptions,
  version: string,
  { fn, code, layers }: VersionContent,
): EnvironmentSpec => {
  const { account, clock, credentials } = options;
  const logGroup = fn.loggingConfig.logGroup || `/aws/lambda/${fn.name}`;
  const logStream = logStreamName(clock, version);
  return {
    functionName: fn.name,
    version,
    memorySize: fn.memorySize,
    logGroup,
    logStream,
    runtimeMajor: Number(/\d+/.exec(fn.runtime)?.[0] ?? 24),
    handler: fn.handler,
    code,
    layers,
    logFormat: fn.loggingConfig.format,
    applicationLogLevel: fn.loggingConfig.applicationLogLevel,
    allowAws: options.allowAws ?? false,
    variables: environmentVariables({
      fn,
      version,
      region: account.region,
      taskRoot: code.taskRoot,
      logGroup,
      logStream,
      credentials: credentials(fn),
    }),
  };
};

/** `2026/08/01/[$LATEST]<32 hex digits>`: a stream for each environment. */
const logStreamName = (clock: Clock, version: string): string =>
  `${new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/')}/[${version}]${hexId(16)}`;
