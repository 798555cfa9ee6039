import {
  type ApiGatewayManagementApiClient,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import type { LiveMessage } from '#domain/live-message.ts';

export type LiveConnections = {
  /** `gone` is the answer 410: the connection ended, or never was. Other failures throw. */
  post(connectionId: string, message: LiveMessage): Promise<'sent' | 'gone'>;
};

export const liveConnections = (client: ApiGatewayManagementApiClient): LiveConnections => ({
  async post(connectionId, message) {
    try {
      await client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: JSON.stringify(message) }));
      return 'sent';
    } catch (error) {
      if (error instanceof GoneException) return 'gone';
      throw error;
    }
  },
});
