import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';

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

/** The same request to the origin, still with the host that was asked for and signed. */
export const routedOptions = (options: RequestOptions, host: string, origin: URL): http.RequestOptions => {
  const { createConnection: _, servername: __, host: ___, socketPath: ____, defaultPort: _____, ...kept } = options;
  const port = options.port === undefined || options.port === null || options.port === '' ? '' : Number(options.port);
  const standard = port === '' || port === 443 || port === 80;
  return {
    ...kept,
    protocol: origin.protocol,
    // TLS goes by the origin's name; `Host` would else be taken for it.
    ...(origin.protocol === 'https:' && { servername: isIP(origin.hostname) ? '' : origin.hostname }),
    hostname: origin.hostname,
    port: origin.port,
    agent: originAgent(options.agent, origin),
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

const classes = { 'http:': http.Agent, 'https:': https.Agent };
const shared = { 'http:': new http.Agent({ keepAlive: true }), 'https:': new https.Agent({ keepAlive: true }) };
const ownAgents = { 'http:': new WeakMap<http.Agent, http.Agent>(), 'https:': new WeakMap<http.Agent, http.Agent>() };

/** SDK clients bring agents for AWS's TLS; each gets one for the origin, with the same bound on its sockets. */
const originAgent = (agent: RequestOptions['agent'], { protocol }: URL): http.Agent => {
  const scheme = protocol === 'https:' ? 'https:' : 'http:';
  if (!agent || agent === true) return shared[scheme];
  let own = ownAgents[scheme].get(agent);
  if (!own) {
    const { maxSockets, maxTotalSockets } = agent;
    own = new classes[scheme]({ keepAlive: true, maxSockets, maxTotalSockets });
    ownAgents[scheme].set(agent, own);
  }
  return own;
};
