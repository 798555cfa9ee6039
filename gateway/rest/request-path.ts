/** A request's path, parted as REST APIs read it. */
export type RequestPath = {
  /** The first segment. */
  readonly stage: string;
  /** `$context.path`: with the stage, slashes as sent but for those before the stage. */
  readonly contextPath: string;
  /** The `path` of a proxy event: without the stage, leading slashes collapsed. */
  readonly path: string;
  /** What is matched: one trailing slash does not count, inner double slashes do. */
  readonly segments: readonly string[];
};

const noSegments: readonly string[] = [];
const SLASH = 47;

/** Null where there is no stage at all. Nothing is decoded: REST APIs match and hand on the client's own encoding. */
export const readRequestPath = (raw: string): RequestPath | null => {
  let start = 0;
  while (raw.charCodeAt(start) === SLASH) start++;
  if (start === 0 || start === raw.length) return null;
  const slash = raw.indexOf('/', start);
  const stageEnd = slash < 0 ? raw.length : slash;
  let rest = stageEnd;
  while (raw.charCodeAt(rest) === SLASH) rest++;
  const end = raw.charCodeAt(raw.length - 1) === SLASH ? raw.length - 1 : raw.length;
  return {
    stage: raw.slice(start, stageEnd),
    contextPath: start === 1 ? raw : raw.slice(start - 1),
    path: rest === stageEnd ? '/' : raw.slice(rest - 1),
    segments: rest < end ? raw.slice(rest, end).split('/') : noSegments,
  };
};
