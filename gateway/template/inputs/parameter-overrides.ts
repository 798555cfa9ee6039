/**
 * `parameter_overrides` in every form that SAM CLI takes: `A=1 B="x y"`, `ParameterKey=A,ParameterValue=1`, a list of
 * either, or a map.
 */
export const parseOverrides = (value: unknown): Record<string, string> => {
  if (typeof value === 'string') return Object.fromEntries(words(value).flatMap(pairOf));
  if (Array.isArray(value)) return Object.assign({}, ...value.map(parseOverrides));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, Array.isArray(item) ? item.join(',') : String(item)]),
    );
  }
  return {};
};

/** Words parted by spaces; quotes hold a word together and fall away, a backslash keeps the next character. */
const words = (text: string): string[] => {
  const found: string[] = [];
  let word = '';
  let quote = '';
  let started = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (char === '\\' && i + 1 < text.length) word += text[++i];
    else if (quote) {
      if (char === quote) quote = '';
      else word += char;
    } else if (char === '"' || char === "'") {
      quote = char;
      started = true;
    } else if (/\s/.test(char)) {
      if (started || word) found.push(word);
      word = '';
      started = false;
    } else word += char;
  }
  if (started || word) found.push(word);
  return found;
};

const pairOf = (word: string): [string, string][] => {
  const long = /^ParameterKey=([^,]+),ParameterValue=(.*)$/s.exec(word);
  if (long) return [[long[1]!, long[2]!]];
  const equals = word.indexOf('=');
  return equals > 0 ? [[word.slice(0, equals), word.slice(equals + 1)]] : [];
};
