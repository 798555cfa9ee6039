/**
 * Renders a second of the template that the console of API Gateway offers as “Method Request passthrough”: all parameters,
 * stage variables and what is known of the caller, each looped over and escaped. Beside it stands velocityjs with the
 * template parsed beforehand, and with what `$input` and `$util` do done by the same functions of ours.
 */

import { inputFactory } from '#gateway/mapping/input.ts';
import { compilePath } from '#gateway/mapping/jsonpath/compile-path.ts';
import { templateContext } from '#gateway/mapping/template-context.ts';
import { escapeJavaScript, util } from '#gateway/mapping/template-utility.ts';
import { compileTemplate } from '#gateway/mapping/vtl/template.ts';
import { type Gate, gate } from './report.ts';

const context = (names: readonly string[]): string =>
  names.map((name) => `    "${name.replaceAll('.', '-')}" : "$context.${name}"`).join(',\n');

const passthrough = `#set($allParams = $input.params())
{
"body-json" : $input.json('$'),
"params" : {
#foreach($type in $allParams.keySet())
    #set($params = $allParams.get($type))
"$type" : {
    #foreach($paramName in $params.keySet())
    "$paramName" : "$util.escapeJavaScript($params.get($paramName))"
        #if($foreach.hasNext),#end
    #end
}
    #if($foreach.hasNext),#end
#end
},
"stage-variables" : {
#foreach($key in $stageVariables.keySet())
"$key" : "$util.escapeJavaScript($stageVariables.get($key))"
    #if($foreach.hasNext),#end
#end
},
"context" : {
${context([
  'identity.accountId',
  'apiId',
  'identity.apiKey',
  'authorizer.principalId',
  'identity.caller',
  'identity.cognitoAuthenticationProvider',
  'identity.cognitoIdentityId',
  'httpMethod',
  'stage',
  'identity.sourceIp',
  'identity.user',
  'identity.userAgent',
  'identity.userArn',
  'requestId',
  'resourceId',
  'resourcePath',
])}
    }
}
`;

const body = JSON.stringify({
  make: 'Saab',
  model: '900',
  year: 1993,
  reserve: 450_000,
  options: ['turbo', 'sunroof'],
});
const parameters = () => ({
  path: { lotId: 'lot-17' },
  querystring: { expand: 'bids', sort: 'price desc' },
  header: {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    Host: 'a1b2c3d4e5.execute-api.us-east-1.amazonaws.com',
    'User-Agent': 'curl/8.5.0',
    'X-Amzn-Trace-Id': 'Root=1-66e3a1b2-0123456789abcdef01234567',
    'X-Forwarded-For': '203.0.113.7',
  },
});
const stageVariables = () => ({ lambdaAlias: 'live', upstream: 'https://prices.example.com/v1' });
const contextValues = {
  accountId: '123456789012',
  apiId: 'a1b2c3d4e5',
  httpMethod: 'GET',
  requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  resourceId: 'x1y2z3',
  resourcePath: '/lots/{lotId}',
  stage: 'dev',
  identity: { sourceIp: '203.0.113.7', userAgent: 'curl/8.5.0' },
};

const ours = (): (() => string) => {
  const template = compileTemplate(passthrough);
  const inputOf = inputFactory(compilePath);
  return () =>
    template.render({
      input: inputOf({ body, parameters }),
      util,
      stageVariables: stageVariables(),
      context: templateContext(contextValues),
    });
};

type VelocityJs = {
  readonly parse: (template: string) => unknown;
  readonly Compile: new (parsed: unknown) => { render: (scope: object) => string };
};

const velocityjs = ({ parse, Compile }: VelocityJs): (() => string) => {
  const parsed = parse(passthrough);
  return () => {
    const found = parameters();
    return new Compile(parsed).render({
      input: { params: () => found, json: () => JSON.stringify(JSON.parse(body)) },
      util: { escapeJavaScript },
      stageVariables: stageVariables(),
      context: templateContext(contextValues),
    });
  };
};

/** By the processor's time, which others on the machine do not change as they do the clock's. */
const rate = (render: () => string, milliseconds: number): number => {
  const start = performance.now();
  const before = process.cpuUsage();
  let renders = 0;
  while (performance.now() - start < milliseconds) {
    for (let batch = 0; batch < 50; batch++) render();
    renders += 50;
  }
  const { user, system } = process.cpuUsage(before);
  return (renders / (user + system)) * 1e6;
};

/** Renders a second. */
export type VtlRates = { readonly ours: number; readonly velocityjs: number };

/** Both take turns in one process, and have to show the same but for blanks; of each the best round counts. */
export const measureVtl = async (rounds: number, milliseconds: number): Promise<VtlRates> => {
  const other = velocityjs((await import('velocityjs')) as VelocityJs);
  const own = ours();
  const [one, two] = [own(), other()].map((text) => JSON.stringify(JSON.parse(text.replaceAll(/\$[\w.]+(?=")/g, ''))));
  if (one !== two) throw new Error(`the two show different things:\n${one}\n${two}`);
  let best: VtlRates = { ours: 0, velocityjs: 0 };
  for (let round = 0; round <= rounds; round++) {
    const [mine, theirs] = [rate(own, milliseconds), rate(other, milliseconds)];
    best = { ours: Math.max(best.ours, mine), velocityjs: Math.max(best.velocityjs, theirs) };
  }
  return best;
};

export const vtlGates = (rates: VtlRates): readonly Gate[] => [
  gate('VTL renders, against velocityjs', rates.ours / rates.velocityjs, 'at least', 10, 'times'),
];

if (import.meta.main) {
  const rates = await measureVtl(5, 500);
  process.stdout.write(
    `renders a second: ${rates.ours.toFixed(0)}, velocityjs ${rates.velocityjs.toFixed(0)}, ` +
      `${(rates.ours / rates.velocityjs).toFixed(1)} times as many\n`,
  );
}
