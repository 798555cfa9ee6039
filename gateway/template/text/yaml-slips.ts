import { type CST, Parser, type YAMLError } from 'yaml';

/** What is wrong with a text that is no YAML, and what to do. */
export const explainYaml = (error: YAMLError, text: string): readonly [what: string, remedy: string] => {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return ['A tab stands where YAML wants spaces.', 'Indent with spaces.'];
    case 'MULTIPLE_DOCS':
      return ['The file holds more than one document.', 'Keep one document per file: remove the line ---.'];
    case 'MISSING_CHAR':
      return [`This is not valid YAML: ${error.message}.`, 'Write what is missing, or put the text into quotes.'];
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
    case 'BAD_INDENT':
      return [
        `This is not valid YAML: ${error.message}.`,
        'Indent keys of one map alike, and put a text that holds ": " into quotes.',
      ];
    case 'BAD_SCALAR_START':
      return [
        `This is not valid YAML: ${error.message}.`,
        `Put the text into quotes: YAML lets none start with ${text[error.pos[0]]}.`,
      ];
    case 'BAD_ALIAS':
      return [`This is not valid YAML: ${error.message}.`, 'Put a text that starts with & or * into quotes.'];
    default:
      if (/^Unexpected flow-(?:map|seq)-(?:start|end)/.test(error.message))
        return [
          'A bracket stands inside a text without quotes.',
          "Put the text into quotes, as in '/orders/{id}': inside {…} and […] brackets part values.",
        ];
      return [
        `This is not valid YAML: ${error.message.replace(/\.$/, '')}.`,
        'Mend the text; a YAML-aware editor shows the spot.',
      ];
  }
};

/** Whether something that was opened is never closed. */
export const isOpen = ({ code, message }: YAMLError): boolean =>
  code === 'MISSING_CHAR' || (code === 'BAD_INDENT' && message.startsWith('Flow '));

/**
 * What is never closed is missed at the end of the text; a person looks for where it was opened. The offset itself for
 * everything else that is missing.
 */
export const openedAt = (text: string, offset: number): number => {
  let opened: number | null = null;
  const look = (token: CST.Token | null | undefined): void => {
    if (!token || opened !== null) return;
    if (token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar') {
      const [quote] = token.source;
      if (token.source.length < 2 || !token.source.endsWith(quote!)) opened = token.offset;
    } else if (token.type === 'flow-collection') {
      for (const item of token.items) [item.key, item.value].forEach(look);
      const close = token.start.source === '{' ? 'flow-map-end' : 'flow-seq-end';
      if (!token.end.some(({ type }) => type === close)) opened ??= token.offset;
    } else if ('items' in token) {
      for (const item of token.items) [item.key, item.value].forEach(look);
    } else if (token.type === 'document') look(token.value);
  };
  for (const token of new Parser().parse(text)) look(token);
  return opened ?? offset;
};
