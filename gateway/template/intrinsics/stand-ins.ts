import { isList, type Plain } from '../text/plain.ts';

/**
 * The texts that stand for what is not known here, such as an export of another stack. What such a value looks like is not
 * known either: whether it has a second item, or is a list at all. Functions let it pass.
 */
export type StandIns = {
  add(text: string): void;
  /** A list that came of one. */
  addList<List extends readonly Plain[]>(list: List): List;
  includes(value: Plain): boolean;
};

export const createStandIns = (): StandIns => {
  const texts = new Set<string>();
  const lists = new WeakSet<object>();
  return {
    add: (text) => texts.add(text),
    addList(list) {
      lists.add(list);
      return list;
    },
    includes(value) {
      if (isList(value)) return lists.has(value);
      return typeof value === 'string' && [...texts].some((text) => value.includes(text));
    },
  };
};
