/** A path that cannot be read, with the index of the character that is to blame. */
export class JsonPathSyntaxError extends Error {
  readonly position: number;
  /** A filter that reads on after what it could not take, as `@.a` without an operator, reads on after these only. */
  readonly recoverable: boolean;
  constructor(message: string, position: number, recoverable = true) {
    super(`${message} (character ${position + 1} of the path)`);
    this.name = 'JsonPathSyntaxError';
    this.position = position;
    this.recoverable = recoverable;
  }
}

/** What a path that was read well cannot do with this document: the minimum of no numbers, an unknown function. */
export class JsonPathError extends Error {
  readonly reason: 'invalid' | 'out of bounds' | 'failed';
  constructor(message: string, reason: 'invalid' | 'out of bounds' | 'failed' = 'failed') {
    super(message);
    this.name = 'JsonPathError';
    this.reason = reason;
  }
}

/** Thrown where a document lacks what a path demands. One object, since it says nothing and is thrown often. */
export const pathNotFound = new Error('nothing stands at this path');
