import type { DeadLetters } from '../event-sources/dead-letters.ts';
import { parseFunctionReference } from '../invocation.ts';
import type { AcceptedEvent } from './event.ts';

/** What is sent, to which ARN, and why. */
export type Delivery = {
  readonly to: string;
  /** Which property of the template asks for it. */
  readonly as: 'OnSuccess' | 'OnFailure' | 'DeadLetterConfig';
  readonly body: string;
  /** Attributes of a message; only a dead letter has any. */
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly event: AcceptedEvent;
};

/** Sends to one service; false where the ARN is none of that service's. */
export type Destination = (delivery: Delivery) => Promise<boolean>;

/** A function, asynchronously. */
export const functionDestination =
  (accept: (name: string, qualifier: string | null, payload: string) => Promise<boolean>): Destination =>
  async ({ to, body }) => {
    const reference = to.includes(':lambda:') ? parseFunctionReference(to) : null;
    return reference === null ? false : accept(reference.name, reference.qualifier, body);
  };

/** Where nothing else stands for the ARN yet: a file that can be read, and a line that says so. */
export const keptDestination =
  (letters: DeadLetters, notice: (level: 'warning' | 'error', text: string) => void): Destination =>
  async ({ to, as, body, attributes, event }) => {
    const where = await letters.append({ destination: to, as, body: JSON.parse(body), attributes });
    const level = as === 'OnSuccess' ? 'warning' : 'error';
    notice(
      level,
      `${event.function.name}: what goes to ${to} (${as}) is kept in ${where}: nothing stands for it here.`,
    );
    return true;
  };
