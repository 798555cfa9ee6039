/** A module of handlers that do what no handler should. `event.way` names the way; unknown ways are fine. */
export const misbehavingModule = `
import { execFileSync, spawn } from 'node:child_process';
import { createServer, connect } from 'node:net';
import { Worker } from 'node:worker_threads';

const kept = [];
const hang = () => console.log('hanging');
const later = (ms) => new Promise((done) => setTimeout(done, ms));
const soon = () => later(5);

const ways = {
  // Errors that are none, or strange ones.
  throwString: () => { throw 'just text'; },
  throwNull: () => { throw null; },
  throwUndefined: () => { throw undefined; },
  throwNumber: () => { throw 42; },
  throwSymbol: () => { throw Symbol('odd'); },
  throwBare: () => { throw Object.create(null); },
  throwFrozen: () => { throw Object.freeze(new RangeError('frozen')); },
  throwWithCause: () => { throw Object.assign(new Error('outer', { cause: new TypeError('inner') }), { lot: 12 }); },
  throwGetter: () => { throw Object.defineProperty(new Error('x'), 'message', { get() { throw new Error('again'); } }); },
  throwOddStack: () => { throw Object.assign(new Error('odd stack'), { stack: 7 }); },
  rejectLater: async () => { await soon(); throw new SyntaxError('later'); },

  // Results that JSON cannot hold, or hardly.
  circular: () => { const a = {}; a.a = a; return a; },
  bigint: () => ({ cents: 1n }),
  throwingToJson: () => ({ toJSON() { throw new Error('no'); } }),
  oddValues: () => ({ nan: NaN, date: new Date(0), none: undefined, symbol: Symbol('s'), call: () => 1, map: new Map([[1, 2]]) }),
  symbol: () => Symbol('s'),
  tooLarge: () => 'x'.repeat(7_000_000),

  // Errors that nobody catches.
  unhandled: async () => { Promise.reject(new TypeError('nobody waits')); await later(5000); },
  unhandledText: async () => { Promise.reject('text'); await later(5000); },
  uncaughtTimer: async () => { setTimeout(() => { throw new Error('in a timer'); }, 1); await later(5000); },
  uncaughtAfter: () => { setTimeout(() => { console.log('leaving'); throw new Error('after the answer'); }, 1); return 'answered'; },
  noListeners: async () => { process.removeAllListeners('uncaughtException'); setTimeout(() => { throw new Error('x'); }, 1); await later(5000); },
  emitter: async () => { connect(1, '127.0.0.1'); await later(5000); },

  // Ends.
  exitZero: () => process.exit(0),
  exitOne: () => process.exit(1),
  exit137: () => process.exit(137),
  exitAfter: () => { setTimeout(() => { console.log('leaving'); process.exit(4); }, 1); return 'answered'; },
  exitCode: () => { process.exitCode = 9; return 'answered'; },
  abort: () => process.abort(),
  killSelf: () => process.kill(process.pid, 'SIGKILL'),
  termSelf: () => process.kill(process.pid),
  killGroup: () => process.kill(0, 'SIGKILL'),
  killParent: () => process.kill(process.ppid, 'SIGKILL'),

  // Never done.
  endlessLoop: () => { hang(); for (;;); },
  endlessMicrotasks: async () => { hang(); for (;;) await null; },
  endlessImmediates: () => { hang(); const again = () => setImmediate(again); again(); return new Promise(() => {}); },
  atomicsWait: () => { hang(); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0); },
  badPattern: () => { hang(); return /^(a+)+$/.test('a'.repeat(60) + '!'); },
  neverWithTimer: () => { hang(); setInterval(() => {}, 1000); return new Promise(() => {}); },
  neverSettled: () => new Promise(() => {}),
  busyChild: () => { hang(); execFileSync('sleep', ['1']); },

  // Memory.
  growingMap: () => { const map = new Map(); for (let i = 0; ; i++) map.set(i, { lot: 'lot ' + i }); },
  hugeParse: () => JSON.parse('[' + '[],'.repeat(30_000_000) + '0]'),
  buffers: async () => { for (let i = 0; i < 1024; i++) { kept.push(Buffer.alloc(1 << 20, 1)); if (i % 16 === 0) await null; } await later(10_000); },
  arrayBuffers: async () => { for (let i = 0; i < 16; i++) { kept.push(new Uint8Array(new ArrayBuffer(1 << 26)).fill(1)); await null; } await later(10_000); },
  hugeString: () => 'x'.repeat(2 ** 30),
  stackOverflow: () => { const deep = () => deep() + 1; return deep(); },
  collected: async () => { const registry = new FinalizationRegistry(() => {}); for (let i = 0; i < 1e5; i++) registry.register({ i }, i); return new WeakRef({}).deref() !== undefined; },

  // What is left behind.
  listens: async () => { const server = createServer(); await new Promise((done) => server.listen(0, '127.0.0.1', done)); return server.address().port; },
  timers: () => { for (let i = 0; i < 10_000; i++) setInterval(() => {}, 1000 + i); return 'answered'; },
  thread: async () => { new Worker('for (;;);', { eval: true }); return 'answered'; },
  badThread: async () => { new Worker('throw new Error("in a thread")', { eval: true }); await later(5000); },
  child: () => spawn('sleep', ['600'], { stdio: 'ignore' }).pid,

  // Logs.
  muchLog: () => { for (let i = 0; i < 100; i++) console.log('x'.repeat(1 << 20)); return 'answered'; },
  rawOutput: () => { process.stdout.write(Buffer.from([0xff, 0x00, 0x0a])); process.stderr.write('raw'); return 'answered'; },
  endOutput: () => { process.stdout.end(); process.stderr.destroy(); console.log('still'); return 'answered'; },

  // What is shared with nobody on Lambda.
  shape: () => { process.chdir('/tmp'); process.title = 'mine'; process.env.STOLEN = 'yes'; return process.cwd(); },
  deleteGlobals: () => { delete globalThis.JSON; delete globalThis.Promise; delete globalThis.setTimeout; delete globalThis.Buffer; return 'answered'; },
  freeze: () => { Object.freeze(Object.prototype); Object.freeze(Array.prototype); Object.freeze(Function.prototype); return 'answered'; },
  pollute: () => { Object.prototype.polluted = true; Array.prototype.map = () => { throw new Error('polluted'); }; return 'answered'; },
  patchNet: async () => { const net = await import('node:net'); net.default.Socket.prototype.write = () => { throw new Error('patched'); }; return 'answered'; },
};

export const handler = async (event) => (ways[event.way] ?? (() => 'fine'))(event);
export const plain = (event) => (ways[event.way] ?? (() => 'fine'))(event);
`;
