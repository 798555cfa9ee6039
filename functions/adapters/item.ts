/** DynamoDB's attribute values, as far as the tables here hold them: texts and whole numbers. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
/** Times are kept as ISO 8601 in UTC: they sort as text, and API Gateway's templates can show them as they are. */
export const time = (value: number): AttributeValue => text(new Date(value).toISOString());

export const readText = (item: Item, name: string): string => {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`The item has no text ${name}`);
  return value;
};

export const readNumber = (item: Item, name: string): number => {
  const value = item[name]?.N;
  if (value === undefined) throw new Error(`The item has no number ${name}`);
  return Number(value);
};

export const readTime = (item: Item, name: string): number => Date.parse(readText(item, name));
