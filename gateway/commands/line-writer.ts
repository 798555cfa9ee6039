/** Text for a terminal or pipe, in order. */
export type LineWriter = { write(text: string): void };

/** A person sees no difference within this time; a system call for each line would cost more than many a request. */
const gatherMs = 10;

/** A pipe that nobody reads takes no more than this; the gateway's memory must not grow with what is said into it. */
const mostUnread = 1_048_576;

/**
 * Gathers what is written and hands it on in one piece. The process does not end before that is done. What a reader
 * is too slow for is left out, and it is told so.
 */
export const lineWriter = (out: { write(text: string): unknown; readonly writableLength?: number }): LineWriter => {
  let gathered = '';
  let leftOut = 0;
  const leave = (): void => {
    if ((out.writableLength ?? 0) > mostUnread) leftOut += gathered.length;
    else {
      out.write(leftOut === 0 ? gathered : `(${leftOut} characters were left out: nobody read them)\n${gathered}`);
      leftOut = 0;
    }
    gathered = '';
  };
  return {
    write(text) {
      if (gathered === '') setTimeout(leave, gatherMs);
      gathered += text;
    },
  };
};
