/** The only reader of `process.env`. A function asks for what it uses and fails at its start, by name, when it is missing. */
import * as z from 'zod/mini';

const variables = {
  AUCTIONS_TABLE: z.string().check(z.minLength(1)),
  CONNECTIONS_TABLE: z.string().check(z.minLength(1)),
  /** `https://{api}.execute-api.{region}.amazonaws.com/{stage}`: where `@connections` is. */
  LIVE_ENDPOINT: z.url(),
};
type Name = keyof typeof variables;

export const environment = (name: Name): string => {
  const value = variables[name].safeParse(process.env[name]);
  if (!value.success) throw new Error(`The environment variable ${name} is missing or wrong; template.yaml sets it`);
  return value.data;
};
