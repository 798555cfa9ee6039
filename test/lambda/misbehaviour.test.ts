import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AdjustableClock, adjustableClock } from '#gateway/adjustable-clock.ts';
import { type Gateway, startGateway } from '#gateway/gateway.ts';
import { eventually } from './bench-of-functions.ts';
import { misbehavingModule } from './misbehaving-handlers.ts';

/** Long enough for a slow machine: what is never done is ended by the clock. */
const timeoutSeconds = 30;

let gateway: Gateway;
let clock: AdjustableClock;
let folder: string;
let socket: WebSocket;
const logs: { readonly requestId: string | null; readonly line: string }[] = [];

const fn = (properties: object) => ({
  Type: 'AWS::Lambda::Function',
  Properties: {
    Role: 'arn:aws:iam::1:role/r',
    MemorySize: 128,
    Timeout: timeoutSeconds,
    Runtime: 'nodejs24.x',
    Code: 'code',
    ...properties,
  },
});
const ref = (name: string) => ({ Ref: name });
const poisons = ['deleteGlobals', 'freeze', 'pollute', 'patchNet', 'endOutput', 'noListeners'];

const template = {
  Resources: {
    Misbehave: fn({ Handler: 'ways.handler' }),
    Older: fn({ Handler: 'ways.handler', Runtime: 'nodejs22.x' }),
    OlderPlain: fn({ Handler: 'ways.plain', Runtime: 'nodejs22.x' }),
    ...Object.fromEntries(poisons.map((name) => [name, fn({ Handler: 'ways.handler' })])),
    Neighbour: fn({ Handler: 'neighbour.handler' }),
    Echo: fn({ Handler: 'neighbour.echo' }),
    Live: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: { Name: 'live', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' },
    },
    EchoIntegration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        ApiId: ref('Live'),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: {
          'Fn::Sub': 'arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Echo.Arn}/invocations',
        },
      },
    },
    Default: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        ApiId: ref('Live'),
        RouteKey: '$default',
        RouteResponseSelectionExpression: '$default',
        Target: { 'Fn::Sub': 'integrations/${EchoIntegration}' },
      },
    },
    DefaultResponse: {
      Type: 'AWS::ApiGatewayV2::RouteResponse',
      Properties: { ApiId: ref('Live'), RouteId: ref('Default'), RouteResponseKey: '$default' },
    },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Live'), StageName: 'dev', AutoDeploy: true } },
    Permission: {
      Type: 'AWS::Lambda::Permission',
      Properties: { FunctionName: ref('Echo'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com' },
    },
  },
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gavel-misbehaviour-'));
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
  mkdirSync(join(folder, 'code'));
  writeFileSync(join(folder, 'code/ways.mjs'), misbehavingModule);
  writeFileSync(
    join(folder, 'code/neighbour.mjs'),
    `export const handler = async () => [process.env.STOLEN ?? 'clean', process.cwd(), typeof JSON, {}.polluted ?? 'pure'];
     export const echo = async ({ body }) => ({ statusCode: 200, body });`,
  );
  clock = adjustableClock(Date.UTC(2031, 0, 1), 1);
  gateway = await startGateway({ template: join(folder, 'template.json'), clock });
  gateway.observer.subscribe((o) => {
    if (o.kind === 'function-log' && o.line.length < 10_000) logs.push(o);
  });
  socket = new WebSocket(gateway.url('Live', 'dev')!);
  await once(socket, 'open');
});
afterAll(async () => {
  socket.close();
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
});

// biome-ignore lint/suspicious/noExplicitAny: tests look into whatever handlers answer.
type Told = { readonly failed: boolean; readonly payload: any; readonly requestId: string };

const call = async (name: string, way: string): Promise<Told> => {
  const result = await gateway.invoke(name, { way });
  if (result.kind !== 'answered') throw new Error(JSON.stringify(result));
  return { failed: result.functionError !== null, payload: JSON.parse(result.payload), requestId: result.requestId };
};

const answered = async (name: string, way: string): Promise<unknown> => {
  const { failed, payload } = await call(name, way);
  if (failed) throw new Error(JSON.stringify(payload));
  return payload;
};

let messages = 0;
const echo = async (): Promise<void> => {
  const text = `message ${++messages}`;
  const received = once(socket, 'message');
  socket.send(text);
  const [{ data }] = (await received) as [MessageEvent];
  expect(data).toBe(text);
};

/** Nobody else has noticed. */
const expectAllWell = async (name: string): Promise<void> => {
  expect(await answered('Neighbour', '')).toEqual(['clean', join(folder, 'code'), 'object', 'pure']);
  if (!poisons.includes(name)) expect(await answered(name, '')).toBe('fine');
  await echo();
};

const expectFailure = async (name: string, way: string, errorType: string, message: string | RegExp): Promise<void> => {
  const { failed, payload, requestId } = await call(name, way);
  expect(payload).toMatchObject({ errorType });
  expect(failed).toBe(true);
  if (typeof message === 'string') expect(payload.errorMessage.replace(requestId, 'ID')).toBe(message);
  else expect(payload.errorMessage).toMatch(message);
  if (!/^(Runtime\.(?:ExitError|OutOfMemory)|Sandbox)/.test(errorType)) expect(payload.trace).toBeInstanceOf(Array);
  await expectAllWell(name);
};

const exit = (text: string): string => `RequestId: ID Error: Runtime ${text}`;
const unreadable =
  'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack';

describe('a handler fails', () => {
  test.each([
    ['throwString', 'string', 'just text'],
    ['throwNull', 'object', 'null'],
    ['throwUndefined', 'undefined', 'undefined'],
    ['throwNumber', 'number', '42'],
    ['throwSymbol', 'symbol', 'Symbol(odd)'],
    ['throwBare', 'handled', unreadable],
    ['throwFrozen', 'RangeError', 'frozen'],
    ['throwWithCause', 'Error', 'outer'],
    ['throwGetter', 'handled', unreadable],
    ['throwOddStack', 'handled', unreadable],
    ['rejectLater', 'SyntaxError', 'later'],
    ['circular', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['bigint', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['throwingToJson', 'Runtime.JSONStringifyError', 'Unable to stringify response body'],
    ['tooLarge', 'Function.ResponseSizeTooLarge', /7000002 bytes/],
    ['hugeString', 'RangeError', 'Invalid string length'],
    ['stackOverflow', 'RangeError', 'Maximum call stack size exceeded'],
    ['killParent', 'Error', 'kill EPERM'],
    ['unhandled', 'Runtime.UnhandledPromiseRejection', 'TypeError: nobody waits'],
    ['unhandledText', 'Runtime.UnhandledPromiseRejection', 'text'],
    ['uncaughtTimer', 'Error', 'in a timer'],
    ['badThread', 'Error', 'in a thread'],
    ['emitter', 'Error', /ECONNREFUSED/],
  ])('%s → %s', (way, errorType, message) => expectFailure('Misbehave', way, errorType, message));

  test.each([
    ['Older', 'throwNull', 'string', 'handled'],
    ['Older', 'circular', 'Error', 'Unable to stringify response body'],
    ['Older', 'neverSettled', 'Runtime.NodeJsExit', /a Promise that was never settled/],
  ])('by the rules of nodejs22: %s %s → %s', expectFailure);

  test('with the properties that an error has in its log', () => {
    const told = logs.map(({ line }) => line).find((line) => line.includes('outer'));
    expect(told).toContain('"lot":12');
  });
});

describe('an environment ends', () => {
  test.each([
    ['exitZero', 'Runtime.ExitError', exit('exited without providing a reason')],
    ['exitOne', 'Runtime.ExitError', exit('exited with error: exit status 1')],
    ['exit137', 'Runtime.ExitError', exit('exited with error: exit status 137')],
    ['neverSettled', 'Runtime.ExitError', exit('exited without providing a reason')],
    ['abort', 'Runtime.ExitError', exit('exited with error: signal: aborted')],
    ['killSelf', 'Runtime.ExitError', exit('exited with error: signal: killed')],
    ['termSelf', 'Runtime.ExitError', exit('exited with error: signal: terminated')],
    ['killGroup', 'Runtime.ExitError', exit('exited with error: signal: killed')],
    ['buffers', 'Runtime.OutOfMemory', exit('exited with error: signal: killed')],
    ['arrayBuffers', 'Runtime.OutOfMemory', exit('exited with error: signal: killed')],
  ])('%s → %s', (way, errorType, message) => expectFailure('Misbehave', way, errorType, message));

  // Whether V8 gives up first or the watch over its memory sees it: both happen on Lambda.
  test.each(['growingMap', 'hugeParse'])('%s: over its memory', async (way) => {
    const { failed, payload } = await call('Misbehave', way);
    expect(failed).toBe(true);
    expect(payload.errorType).toMatch(/^Runtime\.(?:OutOfMemory|ExitError)$/);
    expect(payload.errorMessage).toMatch(
      /Runtime exited with error: signal: (?:killed|aborted|trace.breakpoint trap|segmentation fault)$/,
    );
    await expectAllWell('Misbehave');
  });

  test.each([
    ['uncaughtAfter', 'Error', 'after the answer'],
    ['exitAfter', 'Runtime.ExitError', exit('exited with error: exit status 4')],
  ])('%s: after its answer, which the next event gets to know', async (way, errorType, message) => {
    const seen = logs.length;
    expect(await answered('Misbehave', way)).toBe('answered');
    await eventually(() => logs.slice(seen).some(({ line }) => line.endsWith('leaving')), 'what comes after');
    await expectFailure('Misbehave', '', errorType, message);
  });

  test('noListeners: without the runtime to tell why', () =>
    expectFailure('noListeners', 'noListeners', 'Runtime.ExitError', exit('exited with error: exit status 1')));
});

describe('a handler is never done', () => {
  test.each([
    ...[
      'endlessLoop',
      'endlessMicrotasks',
      'endlessImmediates',
      'atomicsWait',
      'badPattern',
      'neverWithTimer',
      'busyChild',
    ],
  ])('%s: it is ended when its time is up', async (way) => {
    const seen = logs.length;
    const told = expectFailure(
      'Misbehave',
      way,
      'Sandbox.Timedout',
      'RequestId: ID Error: Task timed out after 30.00 seconds',
    );
    await eventually(() => logs.slice(seen).some(({ line }) => line.endsWith('hanging')), 'the handler');
    clock.advance(timeoutSeconds * 1000);
    await told;
  });
});

describe('a handler leaves something behind', () => {
  test.each([
    ['timers', 'answered'],
    ['thread', 'answered'],
    ['exitCode', 'answered'],
    ['collected', true],
    ['muchLog', 'answered'],
    ['rawOutput', 'answered'],
    ['shape', '/tmp'],
    ['symbol', null],
    ['oddValues', { nan: null, date: '1970-01-01T00:00:00.000Z', map: {} }],
  ])('%s: it is answered, and so is the next', async (way, payload) => {
    expect(await answered('Misbehave', way)).toEqual(payload);
    await expectAllWell('Misbehave');
  });

  test('a promise that nothing settles, and a callback that nobody calls: null from a function of nodejs22', async () => {
    expect(await answered('OlderPlain', 'neverSettled')).toBeNull();
    expect(await answered('OlderPlain', 'symbol')).toBeNull();
    await echo();
  });

  test('a server: its port is free when the environment has ended', async () => {
    const port = (await answered('Misbehave', 'listens')) as number;
    const reached = async (): Promise<boolean> => {
      const probe = connect(port, '127.0.0.1');
      const open = await new Promise<boolean>((done) =>
        probe.on('connect', () => done(true)).on('error', () => done(false)),
      );
      probe.destroy();
      return open;
    };
    expect(await reached()).toBe(true);
    await call('Misbehave', 'exitOne');
    for (const deadline = performance.now() + 5000; (await reached()) && performance.now() < deadline; );
    expect(await reached()).toBe(false);
  });

  test('a process: it ends with the environment', async () => {
    const pid = (await answered('Misbehave', 'child')) as number;
    // One that has ended and whose end nobody has asked for is still listed, as a zombie.
    const runs = (): boolean => /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)]).stdout.toString());
    expect(runs()).toBe(true);
    await call('Misbehave', 'exitOne');
    await eventually(() => !runs(), 'the end of the child');
    await expectAllWell('Misbehave');
  });
});

describe('a handler ruins its own environment, and nobody else’s', () => {
  test.each(['deleteGlobals', 'freeze', 'pollute', 'patchNet', 'endOutput'])('%s', async (way) => {
    const before = clock.now();
    const told = call(way, way);
    // What cannot answer any more is ended by its time.
    const advancing = setInterval(() => clock.advance(2000), 20);
    const { failed, payload } = await told.finally(() => clearInterval(advancing));
    if (failed) expect(payload).toMatchObject({ errorType: expect.any(String), errorMessage: expect.any(String) });
    else expect(payload).toBe('answered');
    expect(clock.now() - before).toBeLessThan(timeoutSeconds * 2000);
    await expectAllWell(way);
  });
});
