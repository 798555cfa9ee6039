/** Counted from one, as editors count. */
export type Position = { readonly line: number; readonly column: number };

export const positionAt = (source: string, offset: number): Position => {
  let line = 1;
  let start = 0;
  for (let at = source.indexOf('\n'); at >= 0 && at < offset; at = source.indexOf('\n', at + 1)) {
    line++;
    start = at + 1;
  }
  return { line, column: offset - start + 1 };
};

/** A template that cannot be read. */
export class VtlSyntaxError extends Error {
  override readonly name = 'VtlSyntaxError';
  readonly line: number;
  readonly column: number;
  constructor(reason: string, { line, column }: Position) {
    super(`line ${line}, column ${column}: ${reason}`);
    this.line = line;
    this.column = column;
  }
}

/** A template that failed while it was rendered: API Gateway answers 500. */
export class VtlRenderError extends Error {
  override readonly name = 'VtlRenderError';
  readonly line: number;
  readonly column: number;
  constructor(reason: string, { line, column }: Position) {
    super(`line ${line}, column ${column}: ${reason}`);
    this.line = line;
    this.column = column;
  }
}
