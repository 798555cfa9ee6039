import type { Observation } from '../observe/observer.ts';
import { functionLine } from './function-line.ts';
import type { LineWriter } from './line-writer.ts';
import type { Paint } from './terminal.ts';

/** One line per request and per event of a socket; function logs shortened to what a person reads. */
export const logTo =
  (out: LineWriter, paint: Paint) =>
  (observation: Observation): void => {
    const text = line(observation, paint);
    if (text !== null) out.write(`${text}\n`);
  };

const line = (observation: Observation, paint: Paint): string | null => {
  switch (observation.kind) {
    case 'request': {
      const { status, method, path, api, stage, latencyMs, reason } = observation;
      const took = paint.dim(`${latencyMs.toFixed(1)} ms`);
      return `${coloured(status, paint)} ${method} ${api}/${stage} ${path} ${took}${because(reason, paint)}`;
    }
    case 'socket': {
      const { status, event, api, stage, route, connectionId, latencyMs, reason } = observation;
      const took = paint.dim(`${latencyMs.toFixed(1)} ms`);
      return `${coloured(status, paint)} ${event} ${api}/${stage} ${route ?? '-'} ${connectionId} ${took}${because(reason, paint)}`;
    }
    case 'function-log': {
      const text = functionLine(observation.line, paint);
      return text === null ? null : `${paint.cyan(observation.function)} ${text}`;
    }
    case 'invocation':
      return null;
    case 'notice': {
      const colour = { info: paint.dim, warning: paint.yellow, error: paint.red }[observation.level];
      return colour(observation.text);
    }
  }
};

const coloured = (status: number, paint: Paint): string =>
  (status >= 500 ? paint.red : status >= 400 ? paint.yellow : paint.green)(String(status));

const because = (reason: string | null, paint: Paint): string => (reason ? ` ${paint.dim(`(${reason})`)}` : '');
