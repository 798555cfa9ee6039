/**
 * An event with everything that differs from one request to the next replaced by the name of its shape: an id that is
 * none, or a time in another format, still shows.
 */
export const comparable = (value: unknown, key = ''): unknown => {
  if (Array.isArray(value)) return value.map((member) => comparable(member, key));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, comparable(member, name)]));
  }
  if (typeof value === 'number') return epochs[key]?.(value) ? `<${key}>` : value;
  return typeof value === 'string' ? text(value, key) : value;
};

const isMillis = (value: number): boolean => Number.isInteger(value) && value > 1.6e12;
const isSeconds = (value: number): boolean => Number.isInteger(value) && value > 1.6e9 && value < 1e11;
const epochs: Readonly<Record<string, (value: number) => boolean>> = {
  requestTimeEpoch: isMillis,
  timeEpoch: isMillis,
  connectedAt: isMillis,
  ApproximateCreationDateTime: isSeconds,
  // The engine counts in its own way; that it counts is what matters.
  SizeBytes: Number.isInteger,
};

const shapes: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g, '<uuid>'],
  [/^[A-Za-z0-9_-]{15}=$/, '<short id>'],
  [/^[A-Za-z0-9+/]{22}==$/, '<key>'],
  [/Root=1-[0-9a-f]{8}-[0-9a-f]{24}/, '<trace root>'],
  [/\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000/, '<request time>'],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z?/, '<time>'],
  [/^[a-z][a-z0-9]{9}(?=\.execute-api\.|$)/, '<api>'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/, '<ip>'],
];

const ids: Readonly<Record<string, RegExp>> = {
  deploymentId: /^[a-z0-9]{6,10}$/,
  resourceId: /^[a-z0-9]{6,10}$/,
  eventID: /^[0-9a-f]{32}$/,
  SequenceNumber: /^\d+$/,
};

const text = (value: string, key: string): string => {
  if (ids[key]?.test(value)) return `<${key}>`;
  return shapes.reduce((shaped, [pattern, name]) => shaped.replace(pattern, name), value);
};
