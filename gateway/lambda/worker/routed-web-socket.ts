type Routing = { routeFor(host: string): URL | null; refuse(host: string): void };

/** `new WebSocket('wss://{apiId}.execute-api.…')` by the same routes. Made when it is first asked for: few handlers do. */
export const routeWebSockets = ({ routeFor, refuse }: Routing): void => {
  const original = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  if (!original) return;
  let routed: typeof WebSocket | null = null;
  const construct = (target: typeof WebSocket, [given, ...rest]: unknown[]): WebSocket => {
    const url = new URL(String(given));
    const origin = routeFor(url.hostname);
    if (origin) {
      url.protocol = origin.protocol.replace('http', 'ws');
      url.host = origin.host;
    } else refuse(url.hostname);
    return new target(url, ...(rest as []));
  };
  const define = (value: typeof WebSocket): void => {
    Object.defineProperty(globalThis, 'WebSocket', { value, writable: true, configurable: true, enumerable: false });
  };
  Object.defineProperty(globalThis, 'WebSocket', {
    configurable: true,
    enumerable: false,
    get: () =>
      (routed ??= new Proxy((original.get?.call(globalThis) ?? original.value) as typeof WebSocket, { construct })),
    set: define,
  });
};
