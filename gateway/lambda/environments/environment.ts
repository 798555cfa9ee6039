import type { Socket } from 'node:net';
import { Inspected } from '../debugger/inspected.ts';
import { type FrameType, frameType, type InvocationHead } from '../frames.ts';
import { type EnvironmentLife, welcomeText } from './environment-life.ts';
import type { Connected } from './environment-socket.ts';
import { type ExitReason, errorTypeOf, exited, timedOut } from './failures.ts';
import { FrameOutbox } from './frame-outbox.ts';
import { HandedAhead } from './handed-ahead.ts';
import { InitPhase } from './init-phase.ts';
import type { InvocationReport } from './invocation-log.ts';
import type { PendingInvocation } from './pending-invocation.ts';
import { TimeLimit } from './time-limit.ts';

/** One execution environment, seen from the gateway: it starts, runs one event at a time, and ends. */
export class Environment {
  readonly id: number;
  state: 'starting' | 'idle' | 'busy' | 'ended' = 'starting';
  /** System time, to compare with `arrivedAt` of events. */
  readonly launchedAt = performance.now();
  /** Where debuggers attach, if they may. */
  inspected: Inspected | null = null;
  readonly #life: EnvironmentLife;
  readonly #init: InitPhase;
  readonly #limit: TimeLimit;
  readonly #outbox = new FrameOutbox();
  readonly #ahead = new HandedAhead();
  #current: PendingInvocation | null = null;
  /** Whether the event in hand came when the socket had closed already: a neighbour took the host down. */
  #unsent = false;
  /** What went wrong while it had nothing to do: an error, or its end. */
  #doom: string | ExitReason | null = null;
  #exit: ExitReason | null = null;
  #memoryMb = 0;

  constructor(life: EnvironmentLife) {
    this.id = life.id;
    this.#life = life;
    const isHeld = (): boolean => this.inspected?.isHeld ?? false;
    this.#limit = new TimeLimit(life.clock, life.timeoutMs, isHeld, () => this.#timeOut());
    this.#init = new InitPhase(life.clock, life.log, life.timeoutMs, isHeld, () => {
      const seconds = this.#init.limitMs / 1000;
      this.#initFailed('timeout', 'Sandbox.Timedout', (requestId) => JSON.stringify(timedOut(requestId, seconds)));
    });
  }

  /** How many events it has been given and has not answered. */
  get load(): number {
    return this.#current ? 1 + this.#ahead.size : 0;
  }

  get swift(): boolean {
    return this.#ahead.swift;
  }

  get takesAhead(): boolean {
    return this.#ahead.takesMore && this.state === 'busy' && !this.#current?.stream;
  }

  connect(socket: Socket, inspectorPort: number | null): Connected {
    this.inspected?.detachAll();
    this.inspected = inspectorPort === null ? null : new Inspected(inspectorPort);
    this.#outbox.socket = socket;
    this.#outbox.pushNow(frameType.welcome, welcomeText(this.#life));
    // A worker that was given up for a second try has nothing more to say.
    const isCurrent = (): boolean => this.#outbox.socket === socket;
    return {
      onFrame: (type, head, body) => {
        if (isCurrent()) this.#onFrame(type, head, body);
      },
      onChunk: (contentType, bytes) => {
        const { requestId, stream } = this.#current ?? {};
        if (!requestId || !isCurrent()) return;
        stream?.chunk({ requestId, executedVersion: this.#life.version }, contentType, bytes, socket);
      },
      onClose: () => {
        if (!isCurrent()) return;
        this.#outbox.socket = null;
        if (this.#exit) this.#end(this.#exit);
      },
    };
  }

  hand(invocation: PendingInvocation): void {
    if (this.#doom) {
      this.#failLate(invocation, this.#doom);
      return;
    }
    const { requestId, arn, traceId, clientContext, payload, stream } = invocation;
    const timeoutMs = this.#life.timeoutMs - this.#init.spentMs;
    const head: InvocationHead = { requestId, arn, timeoutMs, traceId, clientContext, streams: stream !== null };
    if (this.#current) {
      this.#outbox.push(frameType.invoke, JSON.stringify(head), payload);
      this.#ahead.push(invocation);
    } else {
      this.#unsent = this.#outbox.socket === null;
      this.#outbox.pushNow(frameType.invoke, JSON.stringify(head), payload);
      this.#begin(invocation);
    }
  }

  /** Asks for the events handed ahead, where the one in hand has taken long after all. */
  recallIfSlow(ms: number): void {
    if (this.#ahead.recallIfSlow(ms)) this.#outbox.push(frameType.recall);
  }

  pushRoutes(): void {
    this.#outbox.push(frameType.routes, JSON.stringify(this.#life.routes()));
  }

  pushClock(): void {
    const { clock, followsClock } = this.#life;
    if (followsClock) this.#outbox.push(frameType.clock, JSON.stringify(clock.reading()));
  }

  /** Ends the worker. Nothing is in flight, or what was has been answered. */
  end(): void {
    if (this.state === 'ended') return;
    this.#life.terminate();
    this.#becomeEnded();
    this.#life.owner.environmentGone(this, null);
  }

  /** The worker or its host has ended. What it sent before is on the socket, whose end comes first. */
  exited(reason: ExitReason): void {
    this.#exit = reason;
    if (!this.#outbox.socket || (this.state === 'idle' && reason.kind !== 'status')) this.#end(reason);
  }

  /** Lambda freezes an environment that has nothing to do: what goes wrong in it by a timer goes wrong in the next event. */
  #failLate(invocation: PendingInvocation, doom: string | ExitReason): void {
    this.#begin(invocation);
    this.#fail(typeof doom === 'string' ? doom : JSON.stringify(exited(invocation.requestId, doom)), 'error');
  }

  #fail(payload: string, status: 'timeout' | 'error'): void {
    this.#settle(payload, 'Unhandled', null, status);
    this.end();
  }

  #begin(invocation: PendingInvocation): void {
    this.state = 'busy';
    this.#current = invocation;
    this.#ahead.begun();
    this.#life.log.start(invocation.requestId);
    this.#limit.begin(this.#init.takeSpent());
  }

  #onFrame(type: FrameType, head: string, body: string): void {
    if (this.state === 'ended') return;
    if (type === frameType.result) this.#answer(body, null, head);
    else if (type === frameType.failure) this.#answer(body, 'Unhandled', head);
    else if (type === frameType.log) this.#life.log.line(head || null, body);
    else if (type === frameType.recalled) this.#returnAhead();
    else if (type === frameType.ready) this.#becomeReady();
    else if (type === frameType.initFailed) this.#initFailed('error', errorTypeOf(body), () => body);
    else if (type === frameType.fatal && !this.#current) this.#doom = body;
    else if (type === frameType.fatal) this.#fail(body, 'error');
  }

  #becomeReady(): void {
    this.#init.succeeded(this.#life.billsInit);
    this.state = 'idle';
    this.#life.owner.environmentReady(this);
  }

  #answer(payload: string, functionError: 'Unhandled' | null, head: string): void {
    const space = head.indexOf(' ');
    this.#memoryMb = Math.max(this.#memoryMb, Number(head.slice(space + 1)));
    this.#settle(payload, functionError, Number(head.slice(0, space)), null);
    const next = this.#ahead.answered();
    if (next) this.#begin(next);
    else this.state = 'idle';
    this.#life.owner.environmentAnswered(this);
  }

  /** `told` is how long it took, as the environment says; null where it cannot. */
  #settle(
    payload: string,
    functionError: 'Unhandled' | null,
    told: number | null,
    status: InvocationReport['status'],
  ): void {
    const invocation = this.#current;
    if (!invocation) return;
    this.#current = null;
    const elapsed = this.#limit.end();
    const durationMs = told ?? elapsed;
    const { requestId, traceId } = invocation;
    const initMs = this.#init.takeBilled();
    const errorType = functionError ? errorTypeOf(payload) : null;
    this.#life.log.end(requestId, { durationMs, initMs, memoryMb: this.#memoryMb, status, errorType, traceId });
    const executedVersion = this.#life.version;
    invocation.settle({ kind: 'answered', payload, functionError, executedVersion, requestId, initMs, durationMs });
  }

  #timeOut(): void {
    if (!this.#current) return;
    const { requestId } = this.#current;
    const seconds = this.#limit.ms / 1000;
    this.#life.log.timedOut(requestId, seconds);
    this.#fail(JSON.stringify(timedOut(requestId, seconds)), 'timeout');
  }

  #initFailed(status: 'error' | 'timeout', errorType: string, failure: (requestId: string) => string): void {
    if (this.state !== 'starting') return;
    this.#init.failed(status, errorType);
    if (!this.#init.isRetry) {
      this.#outbox.socket = null;
      this.#init.retry();
      this.#life.restart();
      return;
    }
    this.#life.terminate();
    this.#becomeEnded();
    this.#life.owner.initFailed(this, (requestId) => {
      this.#init.reportTo(requestId);
      return failure(requestId);
    });
  }

  #end(reason: ExitReason): void {
    if (this.state === 'ended') return;
    if (this.state === 'idle' && reason.kind === 'status') {
      this.#doom ??= reason;
      return;
    }
    const unsent = this.#unsent && reason.kind !== 'status' ? this.#current : null;
    if (unsent) this.#current = null;
    else if (this.#current) {
      this.#settle(JSON.stringify(exited(this.#current.requestId, reason)), 'Unhandled', null, 'error');
    }
    const wasStarting = this.state === 'starting';
    this.#becomeEnded();
    this.#life.owner.environmentGone(this, wasStarting ? reason : null);
    if (unsent) this.#life.owner.eventsReturned([unsent]);
  }

  #returnAhead(): void {
    const events = this.#ahead.takeBack();
    if (events.length > 0) this.#life.owner.eventsReturned(events);
  }

  #becomeEnded(): void {
    this.state = 'ended';
    this.inspected?.detachAll();
    this.#init.cancel();
    this.#limit.cancel();
    this.#returnAhead();
  }
}
