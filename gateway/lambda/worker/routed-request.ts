import http from 'node:http';

export type RequestOptions = http.RequestOptions & { readonly servername?: string };
type Callback = (response: http.IncomingMessage) => void;

/** `request(url, options, callback)` in each of its forms, as options and callback. */
export const requestArguments = (
  given: readonly unknown[],
): { readonly options: RequestOptions; readonly callback: Callback | undefined } => {
  const [first, second] = given;
  const callback = given.find((argument): argument is Callback => typeof argument === 'function');
  if (typeof first !== 'string' && !(first instanceof URL)) {
    return { options: (first ?? {}) as RequestOptions, callback };
  }
  const url = new URL(first);
  const options: RequestOptions = {
    protocol: url.protocol,
    hostname: url.hostname,
    port: url.port,
    path: `${url.pathname}${url.search}`,
    ...(url.username === '' ? {} : { auth: decodeURIComponent(`${url.username}:${url.password}`) }),
  };
  return { options: typeof second === 'object' ? { ...options, ...second } : options, callback };
};

/** The same request over plain HTTP to the origin, still with the host that was asked for and signed. */
export const routedOptions = (options: RequestOptions, host: string, origin: URL): http.RequestOptions => {
  const { createConnection: _, servername: __, host: ___, socketPath: ____, defaultPort: _____, ...kept } = options;
  const port = options.port === undefined || options.port === null || options.port === '' ? '' : Number(options.port);
  const standard = port === '' || port === 443 || port === 80;
  return {
    ...kept,
    protocol: 'http:',
    hostname: origin.hostname,
    port: origin.port,
    agent: plainAgent(options.agent),
    headers: withHost(options.headers, standard ? host : `${host}:${port}`),
  };
};

const withHost = (headers: RequestOptions['headers'], host: string): NonNullable<RequestOptions['headers']> => {
  if (Array.isArray(headers)) {
    const has = headers.some((name, index) => index % 2 === 0 && String(name).toLowerCase() === 'host');
    return has ? headers : ['Host', host, ...headers];
  }
  const has = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'host');
  return has ? headers! : { Host: host, ...headers };
};

const shared = new http.Agent({ keepAlive: true });
const plainAgents = new WeakMap<http.Agent, http.Agent>();

/** SDK clients bring agents for TLS; each gets a plain one with the same bound on its sockets. */
const plainAgent = (agent: RequestOptions['agent']): http.Agent => {
  if (!agent || agent === true) return shared;
  let plain = plainAgents.get(agent);
  if (!plain) {
    plain = new http.Agent({ keepAlive: true, maxSockets: agent.maxSockets, maxTotalSockets: agent.maxTotalSockets });
    plainAgents.set(agent, plain);
  }
  return plain;
};
