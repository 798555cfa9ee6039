import { liveClient } from '#adapters/clients.ts';
import { environment } from '#adapters/environment.ts';
import { liveConnections } from '#adapters/live-connections.ts';
import { replying } from '#adapters/live-handler.ts';
import { invalidInput } from '#domain/auction-error.ts';

const live = liveConnections(liveClient(environment('LIVE_ENDPOINT')));

/** $default: every message whose action no other route takes, and every one that is not JSON. */
export const handler = replying(live.post, async () => {
  throw invalidInput('action', 'must be watch or unwatch, as in {"action":"watch","lotId":"demo-01"}');
});
