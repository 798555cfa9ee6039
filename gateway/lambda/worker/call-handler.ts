import type { HandlerContext } from './context.ts';
import { RuntimeError } from './error-payload.ts';
import type { Handler } from './load-handler.ts';

/** Calls a handler by the rules of its runtime. What it rejects with is the function's failure. */
export type CallHandler = (handler: Handler, event: unknown, context: HandlerContext) => unknown;

/** From nodejs24 on a handler answers with what it returns, and with nothing else. */
export const callAwaited: CallHandler = (handler, event, context) => handler(event, context);

/** What ends an event when nothing is left to happen in its environment. */
let whenEmpty: (() => void) | null = null;

/** `keepAlive` makes an environment outlive its empty event loop. */
export const watchEmptyLoop = (keepAlive: () => void): void => {
  process.on('beforeExit', () => {
    const act = whenEmpty;
    if (!act) return;
    whenEmpty = null;
    keepAlive();
    act();
  });
};

/**
 * Until nodejs22 a handler may also answer by its callback, for which the event loop must be empty unless the context
 * says otherwise, or by `context.done` and its like. What it returns counts only as a promise.
 */
export const callWithCallback: CallHandler = (handler, event, context) =>
  new Promise((resolve, reject) => {
    whenEmpty = () => {
      // A handler that forgot its callback is answered with null; a promise that nothing will settle is a failure.
      if (isAsync(handler)) reject(neverSettled());
      else resolve(null);
    };
    const settle = (act: () => void): void => {
      whenEmpty = null;
      act();
    };
    const done = (error?: unknown, result?: unknown): void =>
      settle(() => (error === null || error === undefined ? resolve(result) : reject(error)));
    const fail = (error: unknown): void => settle(() => reject(error ?? 'handled'));
    let called = false;
    const callback = (error?: unknown, result?: unknown): void => {
      if (called) return;
      called = true;
      const failed = error !== null && error !== undefined;
      if (failed || !context.callbackWaitsForEmptyEventLoop) done(error, result);
      else whenEmpty = () => resolve(result);
    };
    Object.assign(context, { succeed: (result: unknown) => done(null, result), fail, done });
    try {
      const returned = handler(event, context, callback);
      if (isThenable(returned)) returned.then((result) => done(null, result), fail);
    } catch (error) {
      callback(error);
    }
  });

const isAsync = (handler: Handler): boolean => handler.constructor?.name === 'AsyncFunction';

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as PromiseLike<unknown> | null)?.then === 'function';

const neverSettled = (): Error =>
  new RuntimeError(
    'Runtime.NodeJsExit',
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise that ' +
      'was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#exit-codes',
  );
