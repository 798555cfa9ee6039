import type { Socket } from 'node:net';
import type { Timer } from '../../clock.ts';
import { encodeFrame, type FrameType, frameType, type InvocationHead } from '../frames.ts';
import type { EnvironmentLife } from './environment-life.ts';
import { type ExitReason, exited, timedOut } from './failures.ts';
import { FrameOutbox } from './frame-outbox.ts';
import type { PendingInvocation } from './pending-invocation.ts';
import { TimeLimit } from './time-limit.ts';

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
  readonly #limit: TimeLimit;
  readonly #outbox = new FrameOutbox();
  #current: PendingInvocation | null = null;
  /** System time. */
  #begunAt = 0;
  #ahead: PendingInvocation[] = [];
  #recalling = false;
  /** What answers took lately, in system time. */
  #pace = Number.POSITIVE_INFINITY;
  /** Told with the first event's answer only. */
  #initMs: number | null = null;
  #exit: ExitReason | null = null;
  #memoryMb = 0;

  constructor(life: EnvironmentLife) {
    this.id = life.id;
    this.#life = life;
    this.#startedAt = life.clock.monotonic();
    this.#limit = new TimeLimit(life.clock, life.timeoutMs, () => this.#timeOut());
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
    this.#outbox.socket = socket;
    const { clock, followsClock } = this.#life;
    const welcome = { routes: this.#life.routes(), clock: followsClock ? clock.reading() : null };
    this.#outbox.pushNow(encodeFrame(frameType.welcome, JSON.stringify(welcome), ''));
    return {
      onFrame: (type, head, body) => this.#onFrame(type, head, body),
      onClose: () => {
        this.#outbox.socket = null;
        if (this.#exit) this.#end(this.#exit);
      },
    };
  }

  hand(invocation: PendingInvocation): void {
    const { requestId, arn, traceId, clientContext, payload } = invocation;
    const { timeoutMs } = this.#life;
    const head: InvocationHead = { requestId, arn, timeoutMs, traceId, clientContext };
    const frame = encodeFrame(frameType.invoke, JSON.stringify(head), payload);
    if (this.#current) {
      this.#outbox.push(frame);
      this.#ahead.push(invocation);
    } else {
      this.#outbox.pushNow(frame);
      this.#begin(invocation);
    }
  }

  /** Asks for the events handed ahead, where the one in hand has taken long after all. */
  recallIfSlow(ms: number): void {
    if (this.#ahead.length === 0 || this.#recalling || performance.now() - this.#begunAt < ms) return;
    this.#recalling = true;
    this.#outbox.push(encodeFrame(frameType.recall, '', ''));
  }

  pushRoutes(): void {
    this.#outbox.push(encodeFrame(frameType.routes, JSON.stringify(this.#life.routes()), ''));
  }

  pushClock(): void {
    if (this.#life.followsClock) {
      this.#outbox.push(encodeFrame(frameType.clock, JSON.stringify(this.#life.clock.reading()), ''));
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
    if (!this.#outbox.socket) this.#end(reason);
  }

  #begin(invocation: PendingInvocation): void {
    this.state = 'busy';
    this.#current = invocation;
    this.#begunAt = performance.now();
    this.#life.log.start(invocation.requestId);
    this.#limit.begin();
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
      this.#settle(body, 'Unhandled', null, 'error');
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
    const took = performance.now() - this.#begunAt;
    this.#pace = this.#pace === Number.POSITIVE_INFINITY ? took : this.#pace * 0.8 + took * 0.2;
    const next = this.#ahead.shift();
    if (next) this.#begin(next);
    else this.state = 'idle';
    this.#life.owner.environmentAnswered(this);
  }

  #settle(
    payload: string,
    functionError: 'Unhandled' | null,
    /** As the environment tells it; null where it cannot. */
    told: number | null,
    status: 'timeout' | 'error' | null,
  ): void {
    const invocation = this.#current;
    if (!invocation) return;
    this.#current = null;
    const elapsed = this.#limit.end();
    const durationMs = told ?? elapsed;
    const { requestId } = invocation;
    const initMs = this.#initMs;
    this.#initMs = null;
    this.#life.log.end(requestId, { durationMs, initMs, memoryMb: this.#memoryMb, status });
    const executedVersion = this.#life.version;
    invocation.settle({ kind: 'answered', payload, functionError, executedVersion, requestId, initMs, durationMs });
  }

  #timeOut(): void {
    if (!this.#current) return;
    const { requestId } = this.#current;
    const seconds = this.#limit.ms / 1000;
    this.#life.log.timedOut(requestId, seconds);
    this.#settle(JSON.stringify(timedOut(requestId, seconds)), 'Unhandled', null, 'timeout');
    this.end();
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
      this.#settle(JSON.stringify(failure), 'Unhandled', null, 'error');
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
    this.#limit.cancel();
    this.#returnAhead();
  }
}
