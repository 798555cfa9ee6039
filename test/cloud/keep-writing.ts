import { startTestDynamoDb } from './tables.ts';

/** Run as a process: writes bids one after the other, and says each that was acknowledged, until it is killed. */
const dynamodb = await startTestDynamoDb({ dataDirectory: process.argv[2]! });
process.stdout.write(`${dynamodb.endpoint}\n`);
for (let version = 1; ; version++) {
  await dynamodb.call('PutItem', { TableName: 'bids', Item: { lot: { S: 'a' }, version: { N: String(version) } } });
  process.stdout.write(`${version}\n`);
}
