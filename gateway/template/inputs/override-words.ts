/** The words of a text of overrides: spaces part them, quotes around a word or a value hold it together. */
export const overrideWords = (text: string): readonly string[] => {
  const found: string[] = [];
  let word: string | null = null;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    // As in SAM CLI a backslash keeps a space or a quote, and is itself before anything else: paths of Windows live.
    if (char === '\\' && /[\s"']/.test(text[i + 1] ?? '')) word = (word ?? '') + text[++i];
    else if (quote !== '') {
      if (char === quote) quote = '';
      else word += char;
    } else if ((char === '"' || char === "'") && (word === null || word.endsWith('='))) {
      quote = char;
      word ??= '';
    } else if (/\s/.test(char)) {
      if (word !== null) found.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (word !== null) found.push(word);
  return found;
};

/** `A=1` or `ParameterKey=A,ParameterValue=1` as name and value; null for what is neither. */
export const overridePair = (word: string): readonly [string, string] | null => {
  const [, name, value] =
    /^ParameterKey=["']?([A-Za-z0-9]+)["']?,ParameterValue=(.*)$/s.exec(word) ??
    /^["']?([A-Za-z0-9]+)["']?=(.*)$/s.exec(word) ??
    [];
  return name === undefined || value === undefined ? null : [name, value];
};
