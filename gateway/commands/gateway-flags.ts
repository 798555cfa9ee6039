import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { GatewayOptions } from '../gateway-options.ts';
import { overridePair, overrideWords } from '../template/inputs/override-words.ts';
import { UsageError } from './usage-error.ts';

type Flags = NonNullable<ParseArgsConfig['options']>;

/** The flags of every command that reads a template. */
export const templateFlags = {
  template: { type: 'string', short: 't' },
  'config-env': { type: 'string' },
  'parameter-overrides': { type: 'string', multiple: true },
  values: { type: 'string' },
  'stack-name': { type: 'string' },
  region: { type: 'string' },
  runtime: { type: 'string', multiple: true },
} as const satisfies Flags;

/** The flags of every command that starts a gateway. */
export const gatewayFlags = {
  ...templateFlags,
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  reset: { type: 'string', multiple: true },
  hosts: { type: 'string' },
  concurrency: { type: 'string' },
  'strict-concurrency': { type: 'boolean' },
  'idle-minutes': { type: 'string' },
  'allow-aws': { type: 'boolean' },
  'debug-port': { type: 'string' },
} as const satisfies Flags;

export const templateFlagsHelp = `  -t, --template FILE        SAM or CloudFormation template (default: template.yaml)
  --config-env NAME          parameters, stack name and region of that environment in samconfig.toml
  --parameter-overrides A=1  parameters (A=1 B=2, ParameterKey=A,ParameterValue=1), or file://FILE of them
  --values FILE              what stands for Parameter Store and Secrets Manager (default: gavel.values.yaml)
  --stack-name NAME          instead of the name in samconfig.toml, else the folder's
  --region NAME              instead of samconfig.toml's, else us-east-1
  --runtime NAME=COMMAND     run functions of that runtime by a command that speaks Lambda's Runtime API, such as
                             python3.13='python3 -m awslambdaric' or provided.al2023=./bootstrap; NAME may be the
                             beginning of several; repeat for others
`;

export const gatewayFlagsHelp = `${templateFlagsHelp}  --port N                   base port (default 4500; APIs follow: 4501, 4502, …); 0 lets the system choose
  --data-dir DIR             where tables lie (default: .gavel/<stack> beside the template)
  --reset [TABLE]            drop that table, or all, and start anew
  --hosts N                  processes that run functions (default 1)
  --concurrency N            environments of one function at the most (default 10)
  --strict-concurrency       throttle events above that, and above what a function reserves, as Lambda does: 429
  --idle-minutes N           end an environment that rests so long (default 10; 0: never)
  --allow-aws                let handlers reach AWS services that are not embedded
  --debug-port N             let debuggers attach: to the first function at port N, to the next at N + 1, …
`;

/** Parses words, with a usage error in place of Node's own. */
export const parseFlags = <Options extends Flags>(
  words: readonly string[],
  options: Options,
): { values: ReturnType<typeof parseArgs<{ options: Options }>>['values']; positionals: string[] } => {
  try {
    return parseArgs({ args: withResetValue(withAllOverrides(words)), options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.replace(/\. To specify.*$/s, '.')} See --help.`);
  }
};

/** `--parameter-overrides A=1 B=2`: as with SAM CLI, all pairs that follow belong to it. */
const withAllOverrides = (words: readonly string[]): string[] => {
  const flag = '--parameter-overrides';
  let open = false;
  return words.flatMap((word, index) => {
    const isValue = words[index - 1] === flag;
    open = word === flag || word.startsWith(`${flag}=`) || (open && (isValue || isOverride(word)));
    return open && !isValue && isOverride(word) && !word.startsWith('-') ? [`${flag}=${word}`] : [word];
  });
};

const isOverride = (word: string): boolean => /^(?:ParameterKey=)?[A-Za-z0-9]+=|^file:\/\//.test(word);

/** `--reset` may stand alone; parseArgs knows no optional values. */
const withResetValue = (words: readonly string[]): string[] =>
  words.map((word, index) =>
    word === '--reset' && (words[index + 1] === undefined || words[index + 1]!.startsWith('-')) ? '--reset=' : word,
  );

type GatewayValues = {
  readonly [Name in keyof typeof gatewayFlags]?: string | readonly string[] | boolean | undefined;
};

/** The options of `startGateway` that flags and environment give. */
export const gatewayOptions = (values: GatewayValues, defaultPort: number): GatewayOptions => {
  const text = (name: keyof typeof gatewayFlags): string | undefined => values[name] as string | undefined;
  const number = (name: keyof typeof ranges): number | undefined => {
    const value = text(name);
    if (value === undefined) return undefined;
    const [least, most] = ranges[name];
    const given = Number(value);
    if (!/^\d+$/.test(value) || given < least || given > most) {
      throw new UsageError(`--${name} wants a whole number from ${least} to ${most}, not '${value}'`);
    }
    return given;
  };
  return definedOnly({
    template: text('template'),
    configEnv: text('config-env'),
    parameterOverrides: overrides((values['parameter-overrides'] as string[] | undefined) ?? []),
    values: text('values'),
    stackName: text('stack-name'),
    region: text('region'),
    port: number('port') ?? defaultPort,
    dataDirectory: text('data-dir'),
    reset: resetOf(values.reset as string[] | undefined),
    hosts: number('hosts'),
    concurrency: number('concurrency'),
    strictConcurrency: values['strict-concurrency'] as boolean | undefined,
    idleMinutes: number('idle-minutes'),
    allowAws: values['allow-aws'] as boolean | undefined,
    debugPort: number('debug-port'),
    runtimes: runtimesOf(values.runtime as string[] | undefined),
    endpoints: endpointsOf(process.env),
  }) as GatewayOptions;
};

const ranges = {
  port: [0, 65_535],
  'debug-port': [1, 65_000],
  hosts: [1, 64],
  concurrency: [1, 1000],
  'idle-minutes': [0, 10_080],
} as const;

/** What the SDKs read as well: the service's own variable, else the one for all. */
const endpointsOf = (env: NodeJS.ProcessEnv): GatewayOptions['endpoints'] => {
  const name = env.AWS_ENDPOINT_URL_DYNAMODB ? 'AWS_ENDPOINT_URL_DYNAMODB' : 'AWS_ENDPOINT_URL';
  const dynamodb = env[name];
  if (!dynamodb) return undefined;
  if (!/^https?:$/.test(URL.parse(dynamodb)?.protocol ?? '')) {
    throw new UsageError(`${name} wants a URL like http://127.0.0.1:8000, not '${dynamodb}'`);
  }
  return { dynamodb };
};

const runtimesOf = (texts: readonly string[] | undefined): GatewayOptions['runtimes'] =>
  texts &&
  Object.fromEntries(
    texts.map((text) => {
      const [, name, command] = /^([a-z][\w.]*)=(.*\S.*)$/.exec(text) ?? [];
      if (!name || !command) throw new UsageError(`--runtime wants NAME=COMMAND, not '${text}'`);
      if (name.startsWith('nodejs')) throw new UsageError('--runtime: Node.js runs here by itself');
      return [name, command];
    }),
  );

const resetOf = (names: readonly string[] | undefined): readonly string[] | 'all' | 'none' => {
  if (names === undefined) return 'none';
  return names.includes('') ? 'all' : names;
};

/** The words of each text, in SAM CLI's forms: `A=1 B="x y"`, `ParameterKey=A,ParameterValue=1`, `file://values.yaml`. */
export const overrides = (texts: readonly string[]): GatewayOptions['parameterOverrides'] =>
  texts
    .flatMap((text) => overrideWords(text))
    .map((word) => {
      if (word.startsWith('file://')) return word;
      const pair = overridePair(word);
      if (pair === null) throw new UsageError(`--parameter-overrides wants Name=Value, not '${word}'`);
      return { [pair[0]]: pair[1] };
    });

const definedOnly = <Value extends object>(value: Value): Partial<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Value>;
