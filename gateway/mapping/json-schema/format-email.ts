/** What most addresses look like. */
const most = /^[\w+-]+(?:\.[\w+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*$/;

/** Whether Java Mail takes a text for the one address that it is, `Ada <ada@example.com>` included. */
export const isEmailAddress = (text: string): boolean => {
  if (most.test(text)) return true;
  const address = addressIn(text.trim());
  if (address === null) return false;
  const local = localPart(address);
  return local !== null && isDomain(address.slice(local.length + 1));
};

/** The address without a comment or a comma behind it and without the name before it; null where that is malformed. */
const addressIn = (text: string): string | null => {
  const bare = text.replace(/\s*\([^()]*\)$/, '').replace(/,$/, '');
  const named = /^(?:"(?:[^"\\]|\\.)*"|[^"<>,;:()[\]@]*)\s*<([^<>]*)>$/.exec(bare);
  if (named) return named[1]!;
  return bare.includes('<') || bare.includes('>') ? null : bare;
};

/** What stands before the `@`, in quotes or without; null where it is malformed or there is no `@`. */
const localPart = (address: string): string | null => {
  const quoted = /^"(?:[^"\\]|\\[\s\S])*"(?=@)/.exec(address);
  if (quoted) return quoted[0];
  const local = /^(?:\\[\s\S]|[^\\@])+(?=@)/.exec(address)?.[0];
  if (local === undefined) return null;
  const unescaped = local.replaceAll(/\\[\s\S]/g, '');
  return /^\.|\.\.|\.$|[\u0000- \u007f()<>,;:"[\]]/.test(unescaped) ? null : local;
};

const isDomain = (domain: string): boolean => {
  if (/^\[[^\u0000- \u007f[\]]*\]$/.test(domain)) return true;
  return /^[\p{L}\p{Nd}.-]+$/u.test(domain) && !/^\.|\.\.|\.$/.test(domain);
};
