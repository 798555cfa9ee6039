import type { Services } from '../services.ts';

/** The host that a request names, as backends and `$context` see it. */
export type ApiHost = { readonly header: string; readonly domainName: string; readonly domainPrefix: string };

/** How the hosts of one API are told: the default endpoint's own shape for loopback, any other host as it came. */
export type ApiHosts = { readonly of: (host: string | undefined) => ApiHost; readonly defaultEndpoint: string };

const loopback = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|0\.0\.0\.0|(?:[\w-]+\.)*localhost)$/i;
const withoutPort = (host: string): string => host.replace(/:\d*$/, '');

export const apiHosts = (apiId: string, account: Services['account']): ApiHosts => {
  const suffix = account.partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  const defaultEndpoint = `${apiId}.execute-api.${account.region}.${suffix}`;
  const own: ApiHost = { header: defaultEndpoint, domainName: defaultEndpoint, domainPrefix: apiId };
  const known = new Map<string, ApiHost>();
  const read = (host: string): ApiHost => {
    const domainName = withoutPort(host);
    if (loopback.test(domainName)) return own;
    return { header: host, domainName, domainPrefix: domainName.split('.', 1)[0]! };
  };
  const of = (host: string | undefined): ApiHost => {
    if (host === undefined) return own;
    let found = known.get(host);
    if (!found) {
      found = read(host);
      // Clients choose this text: remember a few hosts, never as many as somebody cares to send.
      if (known.size < 64) known.set(host, found);
    }
    return found;
  };
  return { of, defaultEndpoint };
};
