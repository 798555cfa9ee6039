import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { describe, expect, onTestFinished, test } from 'vitest';
import { signed } from '../auth/signing.ts';
import { type Client, connect } from './client.ts';
import { route } from './live-api.ts';
import { type ServedPlane, servePlane, start, until } from './served-plane.ts';

const api = { routes: [route('$connect'), route('$disconnect')], stages: { dev: {}, next: {} } };

/** The real SDK, as functions use it; its own clock follows the gateway's. */
const management = (
  served: ServedPlane,
  stage = 'dev',
  changes: { secretAccessKey?: string; region?: string } = {},
) => {
  const { accessKeyId, secretAccessKey } = served.identities.local;
  const client = new ApiGatewayManagementApiClient({
    endpoint: `http://127.0.0.1:${served.port}/${stage}`,
    region: changes.region ?? 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: changes.secretAccessKey ?? secretAccessKey },
    systemClockOffset: served.clock.now() - Date.now(),
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return client;
};

const opened = async (
  options: { headers?: Record<string, string> } = {},
): Promise<ServedPlane & { client: Client; ConnectionId: string }> => {
  const served = await servePlane(api);
  const client = await connect(`${served.origin}/dev`, options);
  return { ...served, client, ConnectionId: served.eventsOf('connect')[0]!.requestContext.connectionId };
};

describe('with the SDK', () => {
  test('POST sends one text message, whatever its text', async () => {
    const served = await opened();
    const sdk = management(served);
    for (const text of ['{"price":1200000}', 'Käfer 🚗', 'a'.repeat(131_072)]) {
      const result = await sdk.send(
        new PostToConnectionCommand({ ConnectionId: served.ConnectionId, Data: Buffer.from(text) }),
      );
      expect(result.$metadata.httpStatusCode).toBe(200);
      expect(await served.client.next()).toBe(text);
    }
  });

  test('GET tells who and when', async () => {
    const served = await opened({ headers: { 'User-Agent': 'tests/1' } });
    served.clock.advance(61_000);
    const sdk = management(served);
    await sdk.send(new PostToConnectionCommand({ ConnectionId: served.ConnectionId, Data: 'hi' }));
    served.clock.advance(5000);
    const { $metadata: _, ...found } = await sdk.send(new GetConnectionCommand({ ConnectionId: served.ConnectionId }));
    expect(found).toEqual({
      ConnectedAt: new Date(start),
      Identity: { SourceIp: '127.0.0.1', UserAgent: 'tests/1' },
      LastActiveAt: new Date(start + 61_000),
    });
  });

  test('DELETE closes normally and fires $disconnect', async () => {
    const served = await opened();
    const result = await management(served).send(new DeleteConnectionCommand({ ConnectionId: served.ConnectionId }));
    expect(result.$metadata.httpStatusCode).toBe(204);
    expect(await served.client.closed()).toEqual({ code: 1000, reason: 'Connection Closed Normally' });
    await until(() => served.eventsOf('disconnect').length === 1);
    expect(served.eventsOf('disconnect')[0]!.requestContext).toMatchObject({
      disconnectStatusCode: 1000,
      disconnectReason: 'Connection Closed Normally',
    });
  });

  test('a connection that is closed, never was, or is of another stage is gone', async () => {
    const served = await opened();
    const other = management(served, 'next');
    const gone = { name: 'GoneException', $metadata: expect.objectContaining({ httpStatusCode: 410 }) };
    await expect(other.send(new GetConnectionCommand(served))).rejects.toMatchObject(gone);
    const sdk = management(served);
    served.client.socket.close();
    await until(() => served.eventsOf('disconnect').length === 1);
    for (const ConnectionId of [served.ConnectionId, 'L0SM9cOFvHcCIhw=']) {
      await expect(sdk.send(new PostToConnectionCommand({ ConnectionId, Data: 'x' }))).rejects.toMatchObject(gone);
      await expect(sdk.send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject(gone);
      await expect(sdk.send(new DeleteConnectionCommand({ ConnectionId }))).rejects.toMatchObject(gone);
    }
  });

  test('a post from inside $connect is gone, one right after it arrives', async () => {
    let early: unknown;
    const served: ServedPlane = await servePlane(api, {
      connect: async ({ requestContext }) => {
        const post = new PostToConnectionCommand({ ConnectionId: requestContext.connectionId, Data: 'early' });
        early = await management(served)
          .send(post)
          .catch((error: Error) => error.name);
        return { statusCode: 200 };
      },
    });
    const client = await connect(`${served.origin}/dev`);
    expect(early).toBe('GoneException');
    const { connectionId } = served.eventsOf('connect')[0]!.requestContext;
    await management(served).send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: 'after' }));
    expect(await client.next()).toBe('after');
  });

  test('an id that is none, and a message over 128 KB', async () => {
    const served = await opened();
    const sdk = management(served);
    for (const ConnectionId of ['foo', 'L0SM9cOFvHcCIhw', '00000000-0000-0000-0000-000000000000']) {
      await expect(sdk.send(new GetConnectionCommand({ ConnectionId }))).rejects.toMatchObject({
        name: 'BadRequestException',
        message: `Invalid connectionId: ${ConnectionId}`,
      });
    }
    const Data = 'a'.repeat(131_073);
    await expect(
      sdk.send(new PostToConnectionCommand({ ConnectionId: served.ConnectionId, Data })),
    ).rejects.toMatchObject({ name: 'PayloadTooLargeException', $metadata: { httpStatusCode: 413 } });
  });

  test('bytes that are no text are refused', async () => {
    const served = await opened();
    const post = new PostToConnectionCommand({ ConnectionId: served.ConnectionId, Data: Buffer.from([0xff, 0xfe]) });
    await expect(management(served).send(post)).rejects.toMatchObject({ name: 'BadRequestException' });
    expect(served.client.received).toEqual([]);
  });

  test('a wrong secret, a wrong region and an unknown stage are forbidden', async () => {
    const served = await opened();
    const get = new GetConnectionCommand(served);
    for (const sdk of [
      management(served, 'dev', { secretAccessKey: 'wrong' }),
      management(served, 'dev', { region: 'eu-west-1' }),
    ]) {
      await expect(sdk.send(get)).rejects.toMatchObject({
        name: 'InvalidSignatureException',
        $metadata: { httpStatusCode: 403 },
      });
    }
    await expect(management(served, 'prod').send(get)).rejects.toMatchObject({ name: 'ForbiddenException' });
  });

  test('a post counts as activity', async () => {
    const served = await opened();
    served.clock.advance(9 * 60_000);
    await management(served).send(new PostToConnectionCommand({ ConnectionId: served.ConnectionId, Data: 'x' }));
    served.clock.advance(9 * 60_000);
    expect(served.plane.connections()).toHaveLength(1);
  });
});

describe('on the wire', () => {
  test('without a signature nothing is told, not even whether a connection exists', async () => {
    const served = await opened();
    for (const id of [served.ConnectionId, 'L0SM9cOFvHcCIhw=', 'foo']) {
      for (const method of ['POST', 'GET', 'DELETE']) {
        const response = await fetch(`http://127.0.0.1:${served.port}/dev/@connections/${id}`, { method });
        expect([response.status, await response.text()]).toEqual([403, '{"message":"Missing Authentication Token"}']);
        expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
      }
    }
    expect(served.plane.connections()).toHaveLength(1);
  });

  const send = async (served: ServedPlane, method: string, path: string, body = ''): Promise<Response> => {
    const request = await signed({ method, path, body, at: served.clock.now(), credentials: served.identities.local });
    const answer = await served.plane.handle(request);
    const bodyless = answer.status === 204;
    return new Response(bodyless ? null : (answer.body as string), {
      status: answer.status,
      headers: Object.fromEntries(pairs(answer.headers)),
    });
  };
  const pairs = function* (flat: readonly string[]): Generator<[string, string]> {
    for (let i = 0; i < flat.length; i += 2) yield [flat[i]!, flat[i + 1]!];
  };

  test('errors are JSON and name their type in a header', async () => {
    const served = await opened();
    const response = await send(served, 'POST', '/dev/%40connections/foo', 'x');
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('BadRequestException');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await response.json()).toEqual({ message: 'Invalid connectionId: foo' });
  });

  test('a connection that is gone has a type and no body', async () => {
    const response = await send(await opened(), 'POST', '/dev/%40connections/L0SM9cOFvHcCIhw%3D', 'x');
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([410, 'GoneException']);
    expect(await response.text()).toBe('');
  });

  test('a body that the server has cut off is too large, whoever signed it', async () => {
    const served = await opened();
    const body = Buffer.alloc(10_485_761, 'a');
    const path = `/dev/@connections/${served.ConnectionId}`;
    const request = { method: 'POST', path, query: '', headers: ['Host', 'x'], body, sourceIp: '127.0.0.1' };
    expect((await served.plane.handle(request)).status).toBe(413);
  });

  test('the body of GET is spelled as the service spells it', async () => {
    const served = await opened();
    const response = await send(served, 'GET', `/dev/%40connections/${encodeURIComponent(served.ConnectionId)}`);
    expect(await response.text()).toBe(
      '{"connectedAt":"2026-11-20T22:00:00Z","identity":{"sourceIp":"127.0.0.1","userAgent":""},"lastActiveAt":"2026-11-20T22:00:00Z"}',
    );
  });

  test('a path that is bare and one that is encoded lead to the same connection', async () => {
    const served = await opened();
    expect((await send(served, 'POST', `/dev/@connections/${served.ConnectionId}`, 'bare')).status).toBe(200);
    expect(await served.client.next()).toBe('bare');
  });

  test.each([
    ['PUT', '/dev/%40connections/L0SM9cOFvHcCIhw%3D', 'Missing Authentication Token'],
    ['GET', '/dev/connections/L0SM9cOFvHcCIhw%3D', 'Forbidden'],
    ['GET', '/dev/%40connections', 'Forbidden'],
    ['GET', '/dev/%40connections/L0SM9cOFvHcCIhw%3D/more', 'Forbidden'],
    ['GET', '/%40connections/L0SM9cOFvHcCIhw%3D', 'Forbidden'],
  ])('%s %s is forbidden', async (method, path, message) => {
    const response = await send(await opened(), method, path);
    expect([response.status, await response.json()]).toEqual([403, { message }]);
  });

  test('a body that was changed on its way does not reach the client', async () => {
    const served = await opened();
    const path = `/dev/%40connections/${encodeURIComponent(served.ConnectionId)}`;
    const request = await signed({
      method: 'POST',
      path,
      body: 'signed',
      at: start,
      credentials: served.identities.local,
    });
    expect((await served.plane.handle({ ...request, body: Buffer.from('forged') })).status).toBe(403);
    expect((await served.plane.handle(request)).status).toBe(200);
    expect(await served.client.next()).toBe('signed');
  });
});
