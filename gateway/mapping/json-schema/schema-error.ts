export type SchemaProblem = {
  /** Where it stands, as a JSON Pointer within the schema, with the address of the model if it is another one's. */
  readonly pointer: string;
  readonly message: string;
};

/** A schema that no value can be held against. */
export class SchemaError extends Error {
  readonly problems: readonly SchemaProblem[];
  constructor(problems: readonly SchemaProblem[]) {
    super(`invalid JSON Schema: ${problems.map(({ pointer, message }) => `${pointer || '/'}: ${message}`).join('; ')}`);
    this.name = 'SchemaError';
    this.problems = problems;
  }
}

/** A pointer that leads on by these steps. */
export const pointerTo = (pointer: string, path: readonly (string | number)[]): string =>
  pointer + path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
