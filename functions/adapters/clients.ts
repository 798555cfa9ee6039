/** The AWS clients, one of each for the life of an environment, so that connections are kept alive between events. */
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { tracedClient } from '/opt/nodejs/observability.mjs';

/** Short, so that a dead connection costs a retry and not the function's whole time. */
const limits = { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true };

let dynamodb: DynamoDBClient | undefined;
export const dynamodbClient = (): DynamoDBClient => {
  dynamodb ??= tracedClient(new DynamoDBClient({ maxAttempts: 3, requestHandler: limits }));
  return dynamodb;
};

let live: ApiGatewayManagementApiClient | undefined;
export const liveClient = (endpoint: string): ApiGatewayManagementApiClient => {
  live ??= tracedClient(
    new ApiGatewayManagementApiClient({
      endpoint,
      maxAttempts: 3,
      requestHandler: { ...limits, httpsAgent: { keepAlive: true, maxSockets: 200 } },
    }),
  );
  return live;
};
