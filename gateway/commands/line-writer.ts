/** Text for a terminal or pipe, in order. */
export type LineWriter = { write(text: string): void };

/** A person sees no difference within this time; a system call for each line would cost more than many a request. */
const gatherMs = 10;

/** Gathers what is written and hands it on in one piece. The process does not end before that is done. */
export const lineWriter = (out: { write(text: string): unknown }): LineWriter => {
  let gathered = '';
  const leave = (): void => {
    out.write(gathered);
    gathered = '';
  };
  return {
    write(text) {
      if (gathered === '') setTimeout(leave, gatherMs);
      gathered += text;
    },
  };
};
