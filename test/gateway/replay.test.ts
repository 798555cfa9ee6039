import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { createObserver, type Observation } from '#gateway/observe/observer.ts';
import { comparable } from './comparable.ts';

let gateway: Gateway;
const invocations: Extract<Observation, { kind: 'invocation' }>[] = [];
const looking = new Set<() => void>();

beforeAll(async () => {
  const observer = createObserver();
  observer.subscribe((observation) => {
    if (observation.kind !== 'invocation') return;
    invocations.push(observation);
    for (const look of looking) look();
  });
  gateway = await startGateway({ template: 'template.yaml', configEnv: 'dev', observer });
}, 30_000);
afterAll(() => gateway?.stop());

/** The event that a function gets next, or has got and nobody has asked for. */
const received = (functionName: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const deadline = setTimeout(() => {
      looking.delete(look);
      reject(new Error(`${functionName} got no event within 5 s`));
    }, 5000);
    const look = (): void => {
      const at = invocations.findIndex((one) => one.function === functionName);
      if (at < 0) return;
      clearTimeout(deadline);
      looking.delete(look);
      resolve(JSON.parse(invocations.splice(at, 1)[0]!.event));
    };
    looking.add(look);
    look();
  });

const sample = (file: string): SampleEvent => JSON.parse(readFileSync(`events/${file}.json`, 'utf8')) as SampleEvent;

/** The members that a request is made of, in either payload format. */
type SampleEvent = {
  readonly path?: string;
  readonly httpMethod?: string;
  readonly multiValueHeaders?: Readonly<Record<string, readonly string[]>>;
  readonly multiValueQueryStringParameters?: Readonly<Record<string, readonly string[]>> | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly rawPath?: string;
  readonly rawQueryString?: string;
  readonly body?: string | null;
  readonly requestContext: {
    readonly path?: string;
    readonly http?: { readonly method: string };
  };
};

const pascal = (name: string): string => name.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());

/** Sends over a socket what a client must have sent for AWS to make this event of it; says what came back. */
const send = async (api: string, event: SampleEvent): Promise<string> => {
  const query = event.multiValueQueryStringParameters
    ? new URLSearchParams(
        Object.entries(event.multiValueQueryStringParameters).flatMap(([name, values]) =>
          values.map((value): [string, string] => [name, value]),
        ),
      ).toString()
    : (event.rawQueryString ?? '');
  const path = `${event.requestContext.path ?? event.rawPath}${query ? `?${query}` : ''}`;
  const headers = Object.entries(event.multiValueHeaders ?? event.headers).flatMap(([name, values]) =>
    /^(x-forwarded-|x-amzn-trace-id|content-length|host$)/i.test(name) ? [] : [[name, values].flat()].flat(),
  );
  const origin = new URL(gateway.url(api)!);
  const sent = request({
    host: origin.hostname,
    port: origin.port,
    method: event.httpMethod ?? event.requestContext.http!.method,
    path,
    headers: ['Host', origin.host, ...headers, ...(event.body ? ['Content-Length', `${event.body.length}`] : [])],
  });
  sent.end(event.body ?? undefined);
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage];
  return `${response.statusCode} to ${sent.method} ${path}: ${await text(response)}`;
};

describe('a request through the gateway reaches its function as the sample event, field by field', () => {
  test.each(
    ['Market', 'Bidding'].flatMap((api) =>
      readdirSync(`events/${api.toLowerCase()}`).map((name) => {
        const operation = name.replace('.json', '');
        return [api, `${api.toLowerCase()}/${operation}`, `${pascal(operation)}Function`] as const;
      }),
    ),
  )('%s: events/%s.json → %s', async (api, file, functionName) => {
    const event = sample(file);
    const answered = await send(api, event);
    const got = await received(functionName).catch((error: Error) => {
      throw new Error(`${error.message}; the gateway answered ${answered}`);
    });
    expect(comparable(got)).toEqual(comparable(event));
  });

  test('Live: connect, watch, unwatch, default and disconnect', async () => {
    const socket = new WebSocket(gateway.url('Live')!);
    await once(socket, 'open');
    expect(comparable(await received('ConnectFunction'))).toEqual(comparable(sample('live/connect')));
    for (const [file, functionName] of [
      ['watch', 'WatchFunction'],
      ['unwatch', 'UnwatchFunction'],
      ['default', 'DefaultFunction'],
    ] as const) {
      const event = sample(`live/${file}`);
      socket.send(event.body!);
      expect(comparable(await received(functionName))).toEqual(comparable(event));
    }
    socket.close();
    expect(comparable(await received('DisconnectFunction'))).toEqual(comparable(sample('live/disconnect')));
  });

  test('Broadcast: the accepted bid arrives as a record of the stream', async () => {
    await gateway.idle();
    const event = sample('broadcast/broadcast-price');
    expect(comparable(await received('BroadcastPriceFunction'))).toEqual(comparable(event));
  });

  test('Demo: the seed was called when the tables were new', async () => {
    expect(await received('SeedDemoFunction')).toEqual(sample('demo/seed-demo'));
  });
});
