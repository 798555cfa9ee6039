/** From the outside to what a handler works on: text to JSON to a schema, with the field named that is wrong. */
import * as z from 'zod/mini';
import { invalidInput } from '#domain/auction-error.ts';

type Body = { readonly body?: string | null; readonly isBase64Encoded?: boolean };

export const parse = <Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.output<Schema> => {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') throw invalidInput(issue.keys[0]!, 'is not a field of this request');
  throw invalidInput(issue.path.join('.') || 'body', issue.message);
};

export const parseBody = <Schema extends z.ZodMiniType>(schema: Schema, { body, isBase64Encoded }: Body) =>
  // HTTP APIs hand over everything but text and JSON in base64.
  parse(schema, json(isBase64Encoded && body ? Buffer.from(body, 'base64').toString() : (body ?? '')));

const json = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw invalidInput('body', 'must be JSON');
  }
};

const shortText = (most: number) => {
  const message = `must be a text of 1 to ${most} characters`;
  return z.string(message).check(
    z.minLength(1, message),
    z.maxLength(most, message),
    // JSON can escape half a character; DynamoDB takes whole ones only.
    z.refine((value) => value.isWellFormed(), message),
  );
};

const wholeNumber = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.int(message).check(z.gte(least, message), z.lte(most, message));
};

/** What fields of several requests have in common. */
export const field = {
  text: shortText,
  wholeNumber,
  cents: () => wholeNumber(1, 100_000_000_000),
  lotId: () => shortText(64),
  /** `limit` as it comes in a query string. */
  limit: () =>
    z._default(
      z.pipe(
        z
          .string('must be a whole number from 1 to 100')
          .check(z.regex(/^\d{1,3}$/, 'must be a whole number from 1 to 100')),
        z.pipe(z.transform(Number), wholeNumber(1, 100)),
      ),
      20,
    ),
  after: () => z.optional(shortText(512)),
};
