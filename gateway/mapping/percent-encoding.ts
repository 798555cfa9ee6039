const escapes = /(?:%[0-9a-fA-F]{2})+/g;
const escapesButPercent = /(?:%(?!25)[0-9a-fA-F]{2})+/g;

const decodeRun = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    // Bytes that are not UTF-8 arrive as replacement characters, as any UTF-8 reader shows them.
    return Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8');
  }
};

/** Form text: a plus is a space, `%2B` a plus; an escape that is none stays as it is. */
export const decodeFormText = (text: string): string => {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  return spaced.includes('%') ? spaced.replace(escapes, decodeRun) : spaced;
};

/** The way back from `decodePathText`, for one segment: the `%25` that it left is not encoded again. */
export const encodePathText = (segment: string): string => encodeURIComponent(segment).replaceAll('%2525', '%25');

/** A path as HTTP APIs hand it on: decoded, but `%25` stays, so that `a%252Eb` never turns into `a.b`. */
export const decodePathText = (text: string): string =>
  text.includes('%') ? text.replace(escapesButPercent, decodeRun) : text;
