/** A name as Guava's InternetDomainName takes it: labels of letters, digits, `-` and `_`; the last begins with no digit. */
export const isHostName = (text: string): boolean => {
  const name = text.replaceAll(/[\u3002\uff0e\uff61]/g, '.').replace(/\.$/, '');
  const labels = name.split('.');
  if (name.length > 253 || labels.length > 127) return false;
  return labels.every((label) => isLabel(label)) && !/^\d/.test(labels.at(-1)!);
};

const isLabel = (label: string): boolean =>
  label.length >= 1 && label.length <= 63 && /^(?![-_])[^\u0000-,./:-@[-^`{-\u007f]+(?<![-_])$/.test(label);

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = new RegExp(`^${octet}(?:\\.${octet}){3}$`);

/** An IPv4 address that is written as one of IPv6 is an IPv4 address to Java, and no IPv6 address. */
export const isIpv4Address = (text: string): boolean => ipv4.test(text) || (hextetsOf(text)?.isIpv4 ?? false);

export const isIpv6Address = (text: string): boolean => {
  const hextets = hextetsOf(text);
  return hextets !== null && !hextets.isIpv4;
};

/** What the eight groups of an address make. A zone as `%eth0` is no part of them, and none follows dotted ones. */
const hextetsOf = (written: string): { readonly isIpv4: boolean } | null => {
  const [text = '', zone] = written.split('%', 2);
  if (zone !== undefined && text.includes('.')) return null;
  const colon = text.lastIndexOf(':');
  const tail = text.slice(colon + 1);
  if (colon === -1) return null;
  if (tail.includes('.')) {
    if (!ipv4.test(tail)) return null;
    const [a, b, c, d] = tail.split('.').map(Number);
    const hex = (high: number, low: number): string => (high * 256 + low).toString(16);
    return hextetsOf(`${text.slice(0, colon + 1)}${hex(a!, b!)}:${hex(c!, d!)}`);
  }
  const halves = text.split('::');
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const count = groups.reduce((sum, half) => sum + half.length, 0);
  if (halves.length > 2 || (halves.length === 2 ? count > 7 : count !== 8)) return null;
  if (!groups.flat().every((group) => /^0*[0-9a-fA-F]{1,4}$/.test(group))) return null;
  const missing: string[] = Array(8 - count).fill('0');
  const all = [...groups[0]!, ...missing, ...(groups[1] ?? [])].map((group) => Number.parseInt(group, 16));
  return { isIpv4: all.slice(0, 5).every((group) => group === 0) && all[5] === 0xff_ff };
};
