import http from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import type { AwsRoute } from '../environments/environment-spec.ts';
import { routedFetch } from './routed-fetch.ts';
import { type RequestOptions, requestArguments, routedOptions } from './routed-request.ts';
import { routeWebSockets } from './routed-web-socket.ts';

type CompiledRoute = { readonly pattern: RegExp; readonly origin: URL };

let routes: readonly CompiledRoute[] = [];

export const setRoutes = (given: readonly AwsRoute[]): void => {
  routes = given.map(({ hostPattern, origin }) => ({ pattern: hostExpression(hostPattern), origin: new URL(origin) }));
};

const hostExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  );

const awsHost = /(?:^|\.)(?:amazonaws\.(?:com(?:\.cn)?|eu)|api\.aws|on\.aws)\.?$/i;

/** Where a call to this host goes; null: wherever it leads by itself. */
export const routeFor = (host: string): URL | null => {
  if (!awsHost.test(host)) return null;
  const plain = plainName(host);
  for (const { pattern, origin } of routes) if (pattern.test(plain) || pattern.test(host)) return origin;
  return null;
};

/**
 * One service under its many names: dual-stack, FIPS and the partitions' own differ in what they promise, not in what they
 * serve. `dynamodb-fips.us-east-1.api.aws` → `dynamodb.us-east-1.amazonaws.com`.
 */
const plainName = (host: string): string =>
  host
    .toLowerCase()
    .replace(/\.$/, '')
    .replace(/\.(?:api\.aws|amazonaws\.com\.cn|amazonaws\.eu)$/, '.amazonaws.com')
    .replace(/(^|\.)([a-z\d-]+)-fips\./, '$1$2.')
    .replace('.dualstack.', '.');

/** AWS itself, where an endpoint of the gateway's says so: what is led there must get through. */
const isOrigin = (host: string): boolean => routes.some(({ origin }) => origin.hostname === host.toLowerCase());

/**
 * Handlers need no local switch: calls to AWS host names go where the routes say, with the host that was signed. What
 * has no route is refused, so that nothing on a laptop reaches an account by mistake.
 */
export const leadAwsCalls = (given: readonly AwsRoute[], allowAws: boolean): void => {
  setRoutes(given);
  const refuse = (host: string): void => {
    if (!allowAws && awsHost.test(host) && !isOrigin(host)) throw refusal(host);
  };

  const plain = { request: http.request, get: http.get };
  const secure = { request: https.request, get: https.get };
  for (const module of [http, https]) {
    const original = { request: module.request, get: module.get };
    for (const method of ['request', 'get'] as const) {
      const send = (...given: unknown[]): http.ClientRequest => {
        const { options, callback } = requestArguments(given);
        const host = String(options.hostname ?? options.host ?? 'localhost').replace(/:\d+$/, '');
        const origin = routeFor(host);
        if (origin) {
          const { [method]: routed } = origin.protocol === 'https:' ? secure : plain;
          return routed(routedOptions(options, host, origin), callback);
        }
        refuse(host);
        return (original[method] as (...given: unknown[]) => http.ClientRequest)(...given);
      };
      module[method] = send as typeof module.request;
    }
  }

  // Everything else that speaks TCP comes through here: http2, tls, other HTTP clients.
  const connect = net.Socket.prototype.connect as (...given: unknown[]) => net.Socket;
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]): net.Socket {
    const [first, second] = Array.isArray(given[0]) ? (given[0] as unknown[]) : given;
    const host = typeof first === 'object' ? (first as { host?: unknown } | null)?.host : second;
    if (typeof host === 'string') {
      if (routeFor(host) && !isOrigin(host)) throw wrongProtocol(host);
      refuse(host);
    }
    return connect.apply(this, given);
  } as typeof net.Socket.prototype.connect;

  const send = (options: RequestOptions, origin: URL, callback: (response: http.IncomingMessage) => void) =>
    (origin.protocol === 'https:' ? secure : plain).request(options, callback);
  globalThis.fetch = routedFetch(globalThis.fetch, { routeFor, refuse, send });
  routeWebSockets({ routeFor, refuse });
  syncBuiltinESMExports();
};

/** `dynamodb.us-east-1.amazonaws.com` → `DYNAMODB`, for the variable that the SDKs read. */
const serviceOf = (host: string): string => {
  const labels = host.split('.');
  const label = labels.findLast(
    (part, index) => index < labels.length - 2 && !/^(?:[a-z]{2}(?:-[a-z]+)+-\d|amazonaws|api|dualstack)$/.test(part),
  );
  return (label ?? 'service')
    .replace(/-fips$/, '')
    .toUpperCase()
    .replaceAll('-', '_');
};

const refused = (text: string): Error => Object.assign(new Error(text), { name: 'AwsCallRefused' });

const refusal = (host: string): Error =>
  refused(
    `The call to ${host} was refused: this gateway does not stand in for it, and nothing here reaches AWS by itself. ` +
      `Set AWS_ENDPOINT_URL_${serviceOf(host)} to an endpoint that does, or start with --allow-aws.`,
  );

/** HTTP/2, a client with sockets of its own, or TLS without HTTP: what comes by here has been through nothing above. */
const wrongProtocol = (host: string): Error =>
  refused(
    `The call to ${host} was refused for its protocol: this gateway stands in for that host only where node:http, ` +
      'node:https or fetch call it, over HTTP/1.1. Give the client a request handler that does, such as ' +
      'NodeHttpHandler of @smithy/node-http-handler.',
  );
