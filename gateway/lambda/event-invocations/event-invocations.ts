import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Timer } from '../../clock.ts';
import { uuid } from '../../ids.ts';
import type { DeployedFunction } from '../deployed-function.ts';
import type {
  EventAcceptance,
  EventInvoker,
  FunctionInvoker,
  InvocationRequest,
  InvocationResult,
} from '../invocation.ts';
import type { Delivery, Destination } from './destinations.ts';
import type { AcceptedEvent } from './event.ts';
import { FunctionQueue } from './function-queue.ts';
import { deadLetter, invocationRecord } from './invocation-record.ts';
import type { Journal } from './journal.ts';
import { type Condition, defaultPolicy, isTooOld, nextStep } from './retry-policy.ts';

export type EventInvocationsOptions = {
  readonly lambda: FunctionInvoker;
  readonly clock: Clock;
  readonly journal: Journal;
  /** Tried in order; the last one takes whatever comes. */
  readonly destinations: readonly Destination[];
  find(name: string): DeployedFunction | undefined;
  notice(level: 'info' | 'warning' | 'error', text: string): void;
};

/** Lambda takes a megabyte for an event (256 KB until October 2025). */
export const maximumEventBytes = 1_048_576;

/** A stop waits so long for events under way, in the system's time; the next start runs the others again. */
const endsWithin = 1_000;

/** Asynchronous invocations: accepted at once, run later, tried again, and sent on when they are done with. */
export class EventInvocations implements EventInvoker {
  readonly #options: EventInvocationsOptions;
  readonly #queues = new Map<string, FunctionQueue>();
  /** By request id: all that are accepted and not done with. */
  readonly #open = new Set<string>();
  /** Those that wait for their next attempt. */
  readonly #waiting = new Map<string, Timer>();
  readonly #idleListeners: (() => void)[] = [];
  /** What is under way may still end. */
  #stopping = false;
  #stopped = false;

  constructor(options: EventInvocationsOptions) {
    this.#options = options;
  }

  /** Takes up what an earlier run has left. */
  resume(): void {
    const { left } = this.#options.journal;
    if (left.length === 0) return;
    this.#options.notice('info', `${left.length} asynchronous events of an earlier run go on.`);
    for (const event of left) {
      this.#open.add(event.requestId);
      this.#schedule(event);
    }
  }

  async accept(request: InvocationRequest): Promise<EventAcceptance> {
    const { name, qualifier } = request.function;
    const deployed = this.#options.find(name);
    if (!deployed) return { kind: 'not-found', reason: `Function not found: ${name}` };
    if (deployed.unsupported !== null) return { kind: 'unsupported', reason: deployed.unsupported };
    if (!deployed.targets.has(qualifier)) {
      return { kind: 'not-found', reason: `Function not found: ${deployed.fn.arn}:${qualifier}` };
    }
    const bytes = Buffer.byteLength(request.payload);
    if (bytes > maximumEventBytes) {
      const reason = `${bytes} byte payload is too large for the Event invocation type (limit ${maximumEventBytes} bytes)`;
      return { kind: 'too-large', reason };
    }
    const { payload, traceId, clientContext, requestId = uuid() } = request;
    const event: AcceptedEvent = {
      requestId,
      function: { name: deployed.fn.name, qualifier },
      payload,
      ...(traceId === undefined ? {} : { traceId }),
      ...(clientContext === undefined ? {} : { clientContext }),
      acceptedAt: this.#options.clock.now(),
      runs: 0,
      throttles: 0,
      dueAt: null,
    };
    await this.#options.journal.keep(event);
    this.#open.add(requestId);
    this.#schedule(event);
    return { kind: 'accepted', requestId };
  }

  /** Resolves when nothing is left to do now; what waits for its next attempt is not waited for. */
  async idle(): Promise<void> {
    while (!this.#isIdle) await new Promise<void>((done) => this.#idleListeners.push(done));
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    for (const timer of this.#waiting.values()) timer.cancel();
    for (const queue of this.#queues.values()) queue.clear();
    const late = new AbortController();
    await Promise.race([this.idle(), delay(endsWithin, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
    this.#stopped = true;
    for (const done of this.#idleListeners.splice(0)) done();
    const { journal, notice } = this.#options;
    if (this.#open.size > 0 && !journal.persists) {
      notice('warning', `${this.#open.size} asynchronous events end with this gateway, which keeps them in memory.`);
    }
    await journal.flush();
  }

  get #isIdle(): boolean {
    return this.#stopped || [...this.#queues.values()].every((queue) => queue.isIdle);
  }

  #schedule(event: AcceptedEvent): void {
    if (this.#stopping) return;
    const waitMs = (event.dueAt ?? 0) - this.#options.clock.now();
    if (waitMs <= 0) {
      this.#queueOf(event.function.name).push(event);
      return;
    }
    const timer = this.#options.clock.after(waitMs, () => {
      this.#waiting.delete(event.requestId);
      this.#queueOf(event.function.name).push(event);
    });
    this.#waiting.set(event.requestId, timer);
  }

  #queueOf(name: string): FunctionQueue {
    let queue = this.#queues.get(name);
    if (!queue) {
      queue = new FunctionQueue({
        concurrency: () => this.#options.find(name)?.concurrency ?? 1,
        run: (event) => this.#run(event).then(() => this.#announceIdle()),
      });
      this.#queues.set(name, queue);
    }
    return queue;
  }

  #announceIdle(): void {
    // The queue counts this event out after the promise that ends here.
    setImmediate(() => {
      if (this.#isIdle) for (const done of this.#idleListeners.splice(0)) done();
    });
  }

  async #run(event: AcceptedEvent): Promise<void> {
    const { clock, journal, notice } = this.#options;
    const { requestId } = event;
    const deployed = this.#options.find(event.function.name);
    const policy = deployed?.fn.eventInvoke ?? defaultPolicy;
    try {
      if (isTooOld(event, policy, clock.now())) return await this.#finish(event, 'EventAgeExceeded', null);
      const result = await this.#attempt(event);
      // What was under way when all was ended goes on with the next start.
      if (this.#stopped) return;
      if (result.kind === 'not-found' || result.kind === 'unsupported') {
        notice('error', `${event.function.name}: asynchronous event ${requestId} was given up: ${result.reason}`);
        this.#forget(requestId);
        return;
      }
      const next = nextStep(event, result, policy, deployed?.concurrency === 0, clock.now());
      if (next.kind === 'done') return await this.#finish(next.event, next.condition, result);
      if (next.event.runs + next.event.throttles === 1) {
        const seconds = Math.round((next.event.dueAt! - clock.now()) / 1000);
        const why = result.kind === 'throttled' ? 'was throttled' : 'failed';
        notice('warning', `${event.function.name}: asynchronous event ${requestId} ${why}; again in ${seconds} s`);
      }
      // Whether it can be written down or not: it is tried again.
      this.#schedule(next.event);
      await journal.keep(next.event);
    } catch (error) {
      notice('error', `${event.function.name}: asynchronous event ${requestId}: ${(error as Error).message}`);
    }
  }

  #attempt({
    function: reference,
    payload,
    traceId,
    clientContext,
    requestId,
  }: AcceptedEvent): Promise<InvocationResult> {
    return this.#options.lambda.invoke({
      function: reference,
      payload,
      requestId,
      ...(traceId === undefined ? {} : { traceId }),
      ...(clientContext === undefined ? {} : { clientContext }),
    });
  }

  /** Sends on what is asked for, then forgets the event. */
  async #finish(event: AcceptedEvent, condition: Condition, last: InvocationResult | null): Promise<void> {
    const { clock, notice, find } = this.#options;
    const fn = find(event.function.name)?.fn;
    const record = (): string =>
      JSON.stringify(invocationRecord(event, fn?.arn ?? event.function.name, condition, last, clock.now()));
    if (condition === 'Success') {
      const to = fn?.eventInvoke?.onSuccess;
      if (to) await this.#send({ to, as: 'OnSuccess', body: record(), attributes: {}, event });
    } else {
      const { body, attributes } = deadLetter(event, last);
      notice('error', `${event.function.name}: asynchronous event ${event.requestId} was given up (${condition})`);
      const to = fn?.eventInvoke?.onFailure;
      if (to) await this.#send({ to, as: 'OnFailure', body: record(), attributes: {}, event });
      if (fn?.deadLetterTarget) {
        await this.#send({ to: fn.deadLetterTarget, as: 'DeadLetterConfig', body, attributes, event });
      }
    }
    this.#forget(event.requestId);
  }

  #forget(requestId: string): void {
    this.#open.delete(requestId);
    this.#options.journal.done(requestId);
  }

  async #send(delivery: Delivery): Promise<void> {
    for (const send of this.#options.destinations) if (await send(delivery)) return;
  }
}
