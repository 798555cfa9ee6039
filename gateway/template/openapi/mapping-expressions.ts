/** What API Gateway takes for expressions that map parameters of REST APIs; anything else it refuses to put. */
const name = String.raw`[A-Za-z0-9._$:!#%&'*+^|~\u0060-]+`;
const literal = String.raw`'[\s\S]*'`;
const elsewhere = String.raw`context\.${name}(?:\[\d+\])?|stageVariables\.\w+`;

const whole = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`);

const patterns = {
  requestTarget: whole(String.raw`integration\.request\.(?:header|querystring|path)\.${name}`),
  requestSource: whole(
    String.raw`${literal}|method\.request\.(?:header|querystring|path|multivalueheader|multivaluequerystring)\.${name}|method\.request\.body(?:[.[].*)?|${elsewhere}`,
  ),
  responseTarget: whole(String.raw`method\.response\.header\.${name}`),
  responseSource: whole(
    String.raw`${literal}|integration\.response\.(?:header|multivalueheader)\.${name}|integration\.response\.body(?:[.[].*)?|${elsewhere}`,
  ),
  gatewayTarget: whole(String.raw`gatewayresponse\.(?:header|querystring|path)\.${name}`),
  gatewaySource: whole(String.raw`${literal}|method\.(?:request|input\.params)\.(?:[a-z]+\.)?${name}|${elsewhere}`),
} as const;

export type Mapping = 'request' | 'response' | 'gateway';

/** The first pair whose target or source is no mapping expression, as what is wrong with it. */
export const oddMapping = (mapping: Mapping, parameters: Readonly<Record<string, string>>): string | null => {
  for (const [target, source] of Object.entries(parameters)) {
    if (!patterns[`${mapping}Target`].test(target)) return `${target} is no parameter that can be set there`;
    if (!patterns[`${mapping}Source`].test(source)) return `${JSON.stringify(source)} is no mapping expression`;
  }
  return null;
};

export const mappingRemedy =
  "Write 'a literal' in single quotes, or a source such as method.request.header.X, context.X or stageVariables.X.";
