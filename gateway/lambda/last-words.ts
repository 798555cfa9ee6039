/** The lines that tell why, of what a process said last: V8 writes pages before it gives up. */
export const reasonsIn = (lastWords: string): readonly string[] => {
  const fatal = /^FATAL ERROR: .*$/m.exec(lastWords);
  if (fatal) return [fatal[0]];
  const said = lastWords.trimEnd();
  return said === '' ? [] : said.split('\n').slice(-3);
};
