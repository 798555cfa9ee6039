import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { adjustableClock } from '#gateway/adjustable-clock.ts';
import { startGateway } from '#gateway/gateway.ts';
import { createObserver } from '#gateway/observe/observer.ts';
import { type Bench, eventually, functionIn, openBench } from './bench-of-functions.ts';
import { esbuild } from './parts-of-functions.ts';

let bench: Bench | undefined;
let debuggers: Debugger[] = [];
afterEach(async () => {
  for (const { close } of debuggers) close();
  debuggers = [];
  await bench?.stop();
  bench = undefined;
});

/** The ports as printed: `  9229  name`. */
const portOf = (name: string): number =>
  Number(new RegExp(`^ {2}(\\d+) {2}${name}$`, 'm').exec(bench!.notices().join('\n'))![1]);

// biome-ignore lint/suspicious/noExplicitAny: the protocol's messages are looked into, not typed.
type Message = any;
type Script = { readonly id: string; readonly url: string; readonly map: SourceMap; readonly mapUrl: string };
type Debugger = {
  readonly scripts: Script[];
  readonly paused: Message[];
  send(method: string, params?: object): Promise<Message>;
  isOpen(): boolean;
  close(): void;
};

/** A debugger as editors have them: it finds the inspector by its port, and reads the source maps of scripts. */
const attach = async (port: number): Promise<Debugger> => {
  const [target] = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as Message[];
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise((open, failed) => socket.on('open', open).on('error', failed));
  const scripts: Script[] = [];
  const paused: Message[] = [];
  const waiting = new Map<number, (result: Message) => void>();
  socket.on('message', (data) => {
    const { id, result, method, params } = JSON.parse(String(data));
    if (id !== undefined) waiting.get(id)!(result);
    if (method === 'Debugger.paused') paused.push(params);
    if (method !== 'Debugger.scriptParsed' || !params.sourceMapURL || !params.url.startsWith('file:')) return;
    const mapUrl = new URL(params.sourceMapURL, params.url).href;
    if (!mapUrl.startsWith('file:')) return;
    const map = new SourceMap(JSON.parse(readFileSync(fileURLToPath(mapUrl), 'utf8')));
    scripts.push({ id: params.scriptId, url: params.url, map, mapUrl });
  });
  // An environment that ends answers nothing any more.
  socket.on('close', () => {
    for (const answer of waiting.values()) answer(undefined);
  });
  let last = 0;
  const found: Debugger = {
    scripts,
    paused,
    send(method, params = {}) {
      const id = ++last;
      socket.send(JSON.stringify({ id, method, params }));
      return new Promise((done) => waiting.set(id, done));
    },
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.terminate(),
  };
  debuggers.push(found);
  await found.send('Debugger.enable');
  return found;
};

/** Where a line of a source went: the first place in a script that came of it. Lines count from 0. */
const placeOf = (
  { scripts }: Debugger,
  source: string,
  line: number,
): { script: Script; line: number; column: number } => {
  for (const script of scripts) {
    const text = readFileSync(fileURLToPath(script.url), 'utf8').split('\n');
    for (const [at, code] of text.entries()) {
      for (let column = 0; column < code.length; column++) {
        const entry = script.map.findEntry(at, column);
        if (
          'originalSource' in entry &&
          sourceUrl(script, entry.originalSource) === source &&
          entry.originalLine === line
        )
          return { script, line: at, column };
      }
    }
  }
  throw new Error(`nothing came of line ${line} of ${source}`);
};

const sourceUrl = ({ mapUrl }: Script, source: string): string => new URL(source, mapUrl).href;

const sourceOf = ({ scripts }: Debugger, { location }: Message): { url: string; line: number } => {
  const script = scripts.find(({ id }) => id === location.scriptId)!;
  const entry = script.map.findEntry(location.lineNumber, location.columnNumber);
  if (!('originalSource' in entry)) throw new Error('not of any source');
  return { url: sourceUrl(script, entry.originalSource), line: entry.originalLine };
};

const breakAt = async (at: Debugger, source: string, line: number): Promise<void> => {
  await eventually(() => at.scripts.length > 0, 'the script');
  const place = placeOf(at, source, line);
  const { breakpointId } = await at.send('Debugger.setBreakpointByUrl', {
    url: place.script.url,
    lineNumber: place.line,
    columnNumber: place.column,
  });
  expect(breakpointId).toBeTypeOf('string');
};

const bids = (word: string): string => `type Bid = { readonly cents: number };

/** A comment that no JavaScript keeps. */
export const handler = async (bid: Bid): Promise<string> => {
  const doubled: number = bid.cents * 2;
  return \`${word} \${doubled}\`;
};
`;
const functions = (folder: string) =>
  ['bids', 'lots'].map((name) =>
    functionIn(join(folder, 'code'), name, {
      build: esbuild(`${name}.ts`),
      reservedConcurrency: name === 'lots' ? 3 : null,
    }),
  );

const open = async (options: object = {}): Promise<void> => {
  const files = { 'code/bids.ts': bids('bid'), 'code/lots.ts': bids('lot') };
  bench = await openBench({ files, functions, debugPort: 0, ...options });
  await bench.runtime.ready();
};

describe('a debugger', () => {
  test('stops a TypeScript handler at its line, for as long as it likes, and lets it go on', async () => {
    const clock = adjustableClock(Date.now(), 0);
    await open({ clock });
    expect(portOf('bids')).not.toBe(portOf('lots'));
    const source = pathToFileURL(join(bench!.folder, 'code/bids.ts')).href;
    const debug = await attach(portOf('bids'));
    await breakAt(debug, source, 4);
    const answer = bench!.call('bids', { cents: 21 });
    await eventually(() => debug.paused.length > 0, 'the breakpoint');
    expect(debug.paused[0].callFrames[0].functionName).toBe('handler');
    expect(sourceOf(debug, debug.paused[0].callFrames[0])).toEqual({ url: source, line: 4 });
    // Far beyond the three seconds that the function may take.
    clock.advance(60_000);
    const seen = await debug.send('Debugger.evaluateOnCallFrame', {
      callFrameId: debug.paused[0].callFrames[0].callFrameId,
      expression: 'bid.cents',
    });
    expect(seen.result.value).toBe(21);
    await debug.send('Debugger.resume');
    expect(await answer).toBe('bid 42');
    // Its neighbour was never stopped.
    expect(await bench!.call('lots', { cents: 1 })).toBe('lot 2');
  });

  test('finds the function at the same port after an edit, while one that was stopped finishes on the old code', async () => {
    await open();
    const port = portOf('bids');
    const source = pathToFileURL(join(bench!.folder, 'code/bids.ts')).href;
    const before = await attach(port);
    await breakAt(before, source, 5);
    const old = bench!.call('bids', { cents: 1 });
    await eventually(() => before.paused.length > 0, 'the breakpoint');
    bench!.write({ 'code/bids.ts': bids('edited') });
    await bench!.runtime.replace(functions(bench!.folder), []);
    await before.send('Debugger.resume');
    expect(await old).toBe('bid 2');
    await eventually(() => !before.isOpen(), 'the end of the old environment');

    const after = await attach(port);
    await breakAt(after, source, 5);
    const edited = bench!.call('bids', { cents: 2 });
    await eventually(() => after.paused.length > 0, 'the breakpoint in the new code');
    expect(sourceOf(after, after.paused[0].callFrames[0])).toEqual({ url: source, line: 5 });
    await after.send('Debugger.resume');
    expect(await edited).toBe('edited 4');
  });

  test('stops what a route calls, and the route answers when it goes on', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gavel-debug-'));
    mkdirSync(join(folder, 'code'));
    writeFileSync(join(folder, 'code/bids.ts'), bids('bid').replace('`bid ${doubled}`', 'JSON.stringify({ doubled })'));
    writeFileSync(
      join(folder, 'template.yaml'),
      `Transform: AWS::Serverless-2016-10-31
Resources:
  Bids:
    Type: AWS::Serverless::Function
    Metadata: { BuildMethod: esbuild, BuildProperties: { EntryPoints: [bids.ts], Format: esm } }
    Properties:
      { Runtime: nodejs24.x, Handler: bids.handler, CodeUri: code, AutoPublishAlias: live, Events: { A: { Type: HttpApi, Properties: { Path: /bids, Method: get } } } }
`,
    );
    const observer = createObserver();
    let port = 0;
    observer.subscribe((seen) => {
      if (seen.kind === 'notice') port = Number(/^ {2}(\d+) {2}Bids$/m.exec(seen.text)?.[1] ?? port);
    });
    const gateway = await startGateway({ template: join(folder, 'template.yaml'), debugPort: 0, observer });
    try {
      await gateway.warm();
      const debug = await attach(port);
      const source = pathToFileURL(join(folder, 'code/bids.ts')).href;
      await breakAt(debug, source, 5);
      const answer = gateway.fetch('ServerlessHttpApi', '/bids');
      await eventually(() => debug.paused.length > 0, 'the breakpoint');
      expect(sourceOf(debug, debug.paused[0].callFrames[0])).toEqual({ url: source, line: 5 });
      await debug.send('Debugger.resume');
      expect(await (await answer).text()).toBe('{"doubled":null}');
    } finally {
      await gateway.stop();
      rmSync(folder, { recursive: true });
    }
  });

  test('that is stopped somewhere does not keep the gateway from ending', async () => {
    await open();
    const debug = await attach(portOf('bids'));
    await debug.send('Debugger.pause');
    const answer = bench!.invoke('bids', { cents: 1 });
    await eventually(() => debug.paused.length > 0, 'the pause');
    await bench!.runtime.stop();
    expect((await answer).functionError).toBe('Unhandled');
    await eventually(() => !debug.isOpen(), 'the end of the connection');
  });
});
