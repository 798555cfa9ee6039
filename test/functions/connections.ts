import { invoke, sampleEvent } from './backing-services.ts';

/** An event of Live as the sample has it, for another connection that was made just now. */
export const liveEvent = (name: string, connectionId: string, body?: string) => {
  const event = sampleEvent(`live/${name}`);
  return {
    ...event,
    ...(body !== undefined && { body }),
    requestContext: { ...event.requestContext, connectionId, connectedAt: Date.now() },
  };
};

export const connect = (connectionId: string) => invoke('live/connect', liveEvent('connect', connectionId));

export const watch = (connectionId: string, lotId: string) =>
  invoke('live/watch', liveEvent('watch', connectionId, JSON.stringify({ action: 'watch', lotId })));
