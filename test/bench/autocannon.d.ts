// autocannon has no types of its own; these are the parts used here.
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  type Options = { readonly url: string; readonly connections: number; readonly duration: number };
  type Result = {
    readonly requests: { readonly total: number };
    readonly duration: number;
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
  };
  const autocannon: (options: Options, done: (error: Error | null, result: Result) => void) => EventEmitter;
  // biome-ignore lint/style/noDefaultExport: that is how the package gives it
  export default autocannon;
}
