import { type ParseArgsConfig, parseArgs } from 'node:util';
import type { GatewayOptions } from '../gateway-options.ts';
import { UsageError } from './usage-error.ts';

type Flags = NonNullable<ParseArgsConfig['options']>;

/** The flags of every command that starts a gateway. */
export const gatewayFlags = {
  template: { type: 'string', short: 't' },
  'config-env': { type: 'string' },
  'parameter-overrides': { type: 'string', multiple: true },
  'stack-name': { type: 'string' },
  region: { type: 'string' },
  port: { type: 'string' },
  'data-dir': { type: 'string' },
  reset: { type: 'string', multiple: true },
  hosts: { type: 'string' },
  concurrency: { type: 'string' },
  'allow-aws': { type: 'boolean' },
} as const satisfies Flags;

export const gatewayFlagsHelp = `  -t, --template FILE        SAM or CloudFormation template (default: template.yaml)
  --config-env NAME          parameters, stack name and region of that environment in samconfig.toml
  --parameter-overrides A=1  a parameter; repeat, or give several in one quoted text
  --stack-name NAME          instead of the name in samconfig.toml, else the folder's
  --region NAME              instead of samconfig.toml's, else us-east-1
  --port N                   base port (default 4500; APIs follow: 4501, 4502, …); 0 lets the system choose
  --data-dir DIR             where tables lie (default: .gavel/<stack> beside the template)
  --reset [TABLE]            drop that table, or all, and start anew
  --hosts N                  processes that run functions (default 1)
  --concurrency N            environments of one function at the most (default 10)
  --allow-aws                let handlers reach AWS services that are not embedded
`;

/** Parses words, with a usage error in place of Node's own. */
export const parseFlags = <Options extends Flags>(
  words: readonly string[],
  options: Options,
): { values: ReturnType<typeof parseArgs<{ options: Options }>>['values']; positionals: string[] } => {
  try {
    return parseArgs({ args: withResetValue(words), options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.replace(/\. To specify.*$/s, '.')} See --help.`);
  }
};

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
  const number = (name: 'port' | 'hosts' | 'concurrency'): number | undefined => {
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
    stackName: text('stack-name'),
    region: text('region'),
    port: number('port') ?? defaultPort,
    dataDirectory: text('data-dir'),
    reset: resetOf(values.reset as string[] | undefined),
    hosts: number('hosts'),
    concurrency: number('concurrency'),
    allowAws: values['allow-aws'] as boolean | undefined,
    endpoints: endpointsOf(process.env),
  }) as GatewayOptions;
};

const ranges = { port: [0, 65_535], hosts: [1, 64], concurrency: [1, 1000] } as const;

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

const resetOf = (names: readonly string[] | undefined): readonly string[] | 'all' | 'none' => {
  if (names === undefined) return 'none';
  return names.includes('') ? 'all' : names;
};

/** SAM CLI's two forms: `A=1 B="x y"` and `ParameterKey=A,ParameterValue=1`. */
export const overrides = (texts: readonly string[]): Record<string, string> => {
  const found: Record<string, string> = {};
  for (const text of texts) {
    for (const [, word] of text.matchAll(/((?:[^\s"']|"[^"]*"|'[^']*')+)/g)) {
      const long = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(word!);
      const short = /^([A-Za-z0-9]+)=(.*)$/s.exec(word!);
      const [, name, value] = long ?? short ?? [];
      if (name === undefined) throw new UsageError(`--parameter-overrides wants Name=Value, not '${word}'`);
      found[name] = value!.replace(/^(["'])(.*)\1$/s, '$2');
    }
  }
  return found;
};

const definedOnly = <Value extends object>(value: Value): Partial<Value> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Value>;
