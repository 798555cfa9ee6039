/** What the gateway tells about itself. Sinks (terminal, console page, logs, metrics) listen; nothing waits for them. */
export type Observation =
  | {
      readonly kind: 'request';
      readonly at: number;
      readonly api: string;
      readonly stage: string;
      readonly method: string;
      readonly path: string;
      /** The route or resource that matched; null where none did. */
      readonly route: string | null;
      readonly status: number;
      readonly latencyMs: number;
      readonly requestId: string;
      /** Why, for a response that the gateway made itself. */
      readonly reason: string | null;
    }
  | {
      readonly kind: 'socket';
      readonly at: number;
      readonly api: string;
      readonly stage: string;
      readonly event: 'CONNECT' | 'MESSAGE' | 'DISCONNECT';
      readonly route: string | null;
      readonly connectionId: string;
      readonly status: number;
      readonly latencyMs: number;
      readonly requestId: string;
      readonly reason: string | null;
    }
  | {
      readonly kind: 'function-log';
      readonly at: number;
      readonly function: string;
      readonly requestId: string | null;
      readonly line: string;
    }
  | {
      /** A function gets an event; `event` is the JSON text as it gets it. */
      readonly kind: 'invocation';
      readonly at: number;
      readonly function: string;
      readonly version: string;
      readonly requestId: string;
      readonly event: string;
    }
  | {
      readonly kind: 'notice';
      readonly at: number;
      readonly level: 'info' | 'warning' | 'error';
      readonly text: string;
    };

export type Observer = {
  emit(observation: Observation): void;
  /** Returns the way to stop listening. */
  subscribe(sink: (observation: Observation) => void): () => void;
};

export const createObserver = (): Observer => {
  const sinks = new Set<(observation: Observation) => void>();
  return {
    emit(observation) {
      for (const sink of sinks) sink(observation);
    },
    subscribe(sink) {
      sinks.add(sink);
      return () => void sinks.delete(sink);
    },
  };
};
