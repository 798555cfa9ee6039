import { decodePathText } from '../mapping/percent-encoding.ts';
import type { HttpContext } from './context.ts';

/** The path of an event: decoded, with a named stage, cut where a decoded question mark stands. */
export const eventPath = (context: HttpContext): string => {
  const path = decodePathText(context.request.path);
  const mark = path.indexOf('?');
  return mark < 0 ? path : path.slice(0, mark);
};
