import type { Socket } from 'node:net';
import type { Clock, Timer } from '../../clock.ts';
import { encodeFrame, type FrameType, frameType, type InvocationHead } from '../frames.ts';
import type { AwsRoute } from './environment-spec.ts';
import { type ExitReason, exited, timedOut } from './failures.ts';
import type { InvocationLog } from './invocation-log.ts';
import type { PendingInvocation } from './pending-invocation.ts';

/** What a function's pool is told by its environments. */
export type EnvironmentOwner = {
  environmentReady(environment: Environment): void;
  /** The init phase failed; the environment is ending. */
  initFailed(environment: Environment, failure: (requestId: string) => string): void;
  /** An event is answered and another one may come. */
  environmentAnswered(environment: Environment): void;
  /** Events that were handed ahead and have not begun come back, in order. */
  eventsReturned(events: readonly PendingInvocation[]): void;
  /** It has ended, by itself or by us. `reason` is given where that was before it was ready. */
  environmentGone(environment: Environment, reason: ExitReason | null): void;
};

export type EnvironmentLife = {
  readonly id: number;
  readonly version: string;
  readonly timeoutMs: number;
  readonly clock: Clock;
  /** False where the gateway's clock is the system's: the environment's own time is then right as it is. */
  readonly followsClock: boolean;
  readonly log: InvocationLog;
  readonly owner: EnvironmentOwner;
  routes(): readonly AwsRoute[];
  /** Ends the worker, whatever it is doing. */
  terminate(): void;
};

/** On Lambda the init phase may take ten seconds. */
const initLimitMs = 10_000;
/** Events may be handed ahead to an environment that answers faster than this, and so many at once. */
const swiftMs = 2;
const mostAhead = 8;

/**
 * One execution environment, seen from the gateway: it starts, runs one event at a time, and ends. To one whose handler
 * is swift, events are handed ahead: they wait for their turn there and not here, which spares a round trip for each.
 */
export class Environment {
  readonly id: number;
  state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting';
  /** System time, to compare with `arrivedAt` of events. */
  readonly launchedAt = performance.now();
  readonly #life: EnvironmentLife;
  readonly #startedAt: number;
  readonly #initLimit: Timer;
  #socket: Socket | null = null;
  #current: PendingInvocation | null = null;
  #begunAt = 0;
  /** System time of the same. */
  #begunSystemAt = 0;
  #ahead: PendingInvocation[] = [];
  #recalling = false;
  #leaving = false;
  /** What answers took lately, in system time. */
  #pace = Number.POSITIVE_INFINITY;
  /** Told with the first event's answer only. */
  #initMs: number | null = null;
  #limit: Timer | null = null;
  #exit: ExitReason | null = null;
  #memoryMb = 0;

  constructor(life: EnvironmentLife) {
    this.id = life.id;
    this.#life = life;
    this.#startedAt = life.clock.monotonic();
    this.#initLimit = life.clock.after(initLimitMs, () => {
      this.#initFailed((requestId) => JSON.stringify(timedOut(requestId, initLimitMs / 1000)));
    });
  }

  /** How many events it has been given and has not answered. */
  get load(): number {
    return this.#current ? 1 + this.#ahead.length : 0;
  }

  get swift(): boolean {
    return this.#pace < swiftMs;
  }

  get takesAhead(): boolean {
    return this.swift && this.#ahead.length < mostAhead && !this.#recalling && this.state === 'busy';
  }

  connect(socket: Socket): { onFrame(type: FrameType, head: string, body: string): void; onClose(): void } {
    this.#socket = socket;
    const { clock, followsClock } = this.#life;
    const welcome = { routes: this.#life.routes(), clock: followsClock ? clock.reading() : null };
    socket.write(encodeFrame(frameType.welcome, JSON.stringify(welcome), ''));
    return {
      onFrame: (type, head, body) => this.#onFrame(type, head, body),
      onClose: () => {
        this.#socket = null;
        if (this.#exit) this.#end(this.#exit);
      },
    };
  }

  hand(invocation: PendingInvocation): void {
    const { requestId, arn, traceId, clientContext, payload } = invocation;
    const { timeoutMs } = this.#life;
    const head: InvocationHead = { requestId, arn, timeoutMs, traceId, clientContext };
    this.#write(encodeFrame(frameType.invoke, JSON.stringify(head), payload));
    if (this.#current) this.#ahead.push(invocation);
    else this.#begin(invocation);
  }

  /** Asks for the events handed ahead, where the one in hand has taken long after all. */
  recallIfSlow(ms: number): void {
    if (this.#ahead.length === 0 || this.#recalling || performance.now() - this.#begunSystemAt < ms) return;
    this.#recalling = true;
    this.#write(encodeFrame(frameType.recall, '', ''));
  }

  pushRoutes(): void {
    this.#write(encodeFrame(frameType.routes, JSON.stringify(this.#life.routes()), ''));
  }

  pushClock(): void {
    if (this.#life.followsClock) {
      this.#write(encodeFrame(frameType.clock, JSON.stringify(this.#life.clock.reading()), ''));
    }
  }

  /** Ends the worker. Nothing is in flight, or what was has been answered. */
  end(): void {
    if (this.state === 'ended') return;
    this.#life.terminate();
    this.#becomeEnded();
    this.#life.owner.environmentGone(this, null);
  }

  /** The worker or its host has ended. What it sent before is still on the socket, so the socket's end comes first. */
  exited(reason: ExitReason): void {
    this.#exit = reason;
    if (!this.#socket) this.#end(reason);
  }

  #write(frame: Buffer): void {
    const socket = this.#socket;
    if (!socket) return;
    if (!this.#leaving) {
      this.#leaving = true;
      socket.cork();
      setImmediate(() => {
        this.#leaving = false;
        socket.uncork();
      });
    }
    socket.write(frame);
  }

  #begin(invocation: PendingInvocation): void {
    this.state = 'busy';
    this.#current = invocation;
    this.#begunAt = this.#life.clock.monotonic();
    this.#begunSystemAt = performance.now();
    this.#life.log.start(invocation.requestId);
    if (!this.#limit) this.#armLimit(this.#life.timeoutMs);
  }

  #onFrame(type: FrameType, head: string, body: string): void {
    if (this.state === 'ended') return;
    if (type === frameType.result) this.#answer(body, null, head);
    else if (type === frameType.failure) this.#answer(body, 'Unhandled', head);
    else if (type === frameType.log) this.#life.log.line(head || null, body);
    else if (type === frameType.recalled) this.#returnAhead();
    else if (type === frameType.ready) this.#becomeReady();
    else if (type === frameType.initFailed) this.#initFailed(() => body);
    else if (type === frameType.fatal) {
      this.#settle(body, 'Unhandled', this.#elapsed(), 'error');
      this.end();
    }
  }

  #becomeReady(): void {
    this.#initMs = this.#life.clock.monotonic() - this.#startedAt;
    this.#initLimit.cancel();
    this.state = 'idle';
    this.#life.owner.environmentReady(this);
  }

  #answer(payload: string, functionError: 'Unhandled' | null, head: string): void {
    const space = head.indexOf(' ');
    this.#memoryMb = Math.max(this.#memoryMb, Number(head.slice(space + 1)));
    this.#settle(payload, functionError, Number(head.slice(0, space)), null);
    const took = performance.now() - this.#begunSystemAt;
    this.#pace = this.#pace === Number.POSITIVE_INFINITY ? took : this.#pace * 0.8 + took * 0.2;
    const next = this.#ahead.shift();
    if (next) this.#begin(next);
    else this.state = 'idle';
    this.#life.owner.environmentAnswered(this);
  }

  #settle(
    payload: string,
    functionError: 'Unhandled' | null,
    durationMs: number,
    status: 'timeout' | 'error' | null,
  ): void {
    const invocation = this.#current;
    if (!invocation) return;
    this.#current = null;
    const { requestId } = invocation;
    const initMs = this.#initMs;
    this.#initMs = null;
    this.#life.log.end(requestId, { durationMs, initMs, memoryMb: this.#memoryMb, status });
    const executedVersion = this.#life.version;
    invocation.settle({ kind: 'answered', payload, functionError, executedVersion, requestId, initMs, durationMs });
  }

  #elapsed(): number {
    return this.#life.clock.monotonic() - this.#begunAt;
  }

  /**
   * One timer for many events: it is set when none runs, and when it goes off it looks whether the event of that moment
   * has had its time, or is set anew for what is left.
   */
  #armLimit(ms: number): void {
    const { clock, timeoutMs, log } = this.#life;
    this.#limit = clock.after(ms, () => {
      this.#limit = null;
      if (!this.#current) return;
      const left = timeoutMs - this.#elapsed();
      if (left > 0.5) {
        this.#armLimit(left);
        return;
      }
      const { requestId } = this.#current;
      log.timedOut(requestId, timeoutMs / 1000);
      this.#settle(JSON.stringify(timedOut(requestId, timeoutMs / 1000)), 'Unhandled', this.#elapsed(), 'timeout');
      this.end();
    });
  }

  #initFailed(failure: (requestId: string) => string): void {
    if (this.state !== 'starting') return;
    this.#life.terminate();
    this.#becomeEnded();
    this.#life.owner.initFailed(this, failure);
  }

  #end(reason: ExitReason): void {
    if (this.state === 'ended') return;
    if (this.#current) {
      const failure = exited(this.#current.requestId, reason);
      this.#settle(JSON.stringify(failure), 'Unhandled', this.#elapsed(), 'error');
    }
    const wasStarting = this.state === 'starting';
    this.#becomeEnded();
    this.#life.owner.environmentGone(this, wasStarting ? reason : null);
  }

  #returnAhead(): void {
    this.#recalling = false;
    const events = this.#ahead;
    this.#ahead = [];
    if (events.length > 0) this.#life.owner.eventsReturned(events);
  }

  #becomeEnded(): void {
    this.state = 'ended';
    this.#initLimit.cancel();
    this.#limit?.cancel();
    this.#returnAhead();
  }
}
