import type { ConnectionTable } from './connection-table.ts';
import type { LiveConnections } from './live-connections.ts';
import type { Reply } from './live-handler.ts';

/** Posts to the caller, and forgets it when it has gone meanwhile. */
export const replyOrForget =
  (live: LiveConnections, connections: ConnectionTable): Reply =>
  async (connectionId, message) => {
    if ((await live.post(connectionId, message)) === 'gone') await connections.forgetConnection(connectionId);
  };
