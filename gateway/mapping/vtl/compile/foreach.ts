import type { Foreach } from '../syntax/nodes.ts';
import { isMap, mapSize, mapValues } from '../values/maps.ts';
import { ForeachScope, JavaIterator, JavaList, type Value } from '../values/value.ts';
import { type Compiler, fail } from './compiler.ts';
import { compileValue } from './expression.ts';
import { getValue, type Render, removeValue, type State, StopCommand, setValue } from './state.ts';
import { compileNodes } from './statements.ts';

const iteratorOf = (value: Value): JavaIterator | null => {
  if (Array.isArray(value)) return new JavaIterator(value);
  if (value instanceof JavaList) return new JavaIterator(value.items);
  if (value instanceof JavaIterator) return value;
  return isMap(value) ? new JavaIterator(mapValues(value)) : null;
};

const changesMaps = /\b(?:put|putAll|putIfAbsent|remove|clear|evaluate)\(|#\{?set\}?\s*\([^=]*[.[]/;

/** A map is counted once, before the last round: what has changed in it by then Java would have noticed too. */
const isLastOfMore = ({ at, items }: JavaIterator): boolean => at > 0 && at === items.length - 1;

/** Gives a name back the value that it had before a loop. */
const restore = (state: State, slot: number, before: Value): void => {
  if (before === null || before === undefined) removeValue(state, slot);
  else setValue(state, slot, before);
};

export const compileForeach = (compiler: Compiler, node: Foreach): Render => {
  const { dialect, names } = compiler;
  const items = compileValue(compiler, node.items);
  const body = compileNodes(compiler, node.body);
  const otherwise = node.otherwise ? compileNodes(compiler, node.otherwise) : null;
  const slot = names.slot(node.variable);
  const scopeSlot = names.slot('foreach');
  // Only a template with something in it that changes maps is watched for it.
  const watched = changesMaps.test(compiler.source);
  // Both are seldom asked for: only a template that may name them pays for them.
  const counted = dialect.velocityCount && /velocity(?:Count|HasNext)|evaluate/.test(compiler.source);
  const countSlot = counted ? names.slot('velocityCount') : -1;
  const hasNextSlot = counted ? names.slot('velocityHasNext') : -1;

  return (state) => {
    const list = items(state);
    const iterator = iteratorOf(list);
    const keysOf = watched && list instanceof JavaList ? list.keysOf : null;
    if (!iterator || (otherwise && iterator.at >= iterator.items.length)) {
      otherwise?.(state);
      return;
    }
    const before = getValue(state, slot);
    const outer = getValue(state, scopeSlot);
    const countBefore = counted ? getValue(state, countSlot) : null;
    const hasNextBefore = counted ? getValue(state, hasNextSlot) : null;
    const scope = new ForeachScope(outer);
    setValue(state, scopeSlot, scope);
    const length = iterator.items.length;
    try {
      for (let round = 0; round < dialect.mostRounds && iterator.at < iterator.items.length; round++) {
        if (iterator.items.length !== length || (keysOf && isLastOfMore(iterator) && mapSize(keysOf) !== length))
          fail(compiler, '“#foreach” went over a list that changed meanwhile', node.at);
        const item = iterator.items[iterator.at++];
        scope.index = round;
        scope.hasNext = iterator.at < length;
        setValue(state, slot, item ?? null);
        if (counted) {
          setValue(state, countSlot, round + 1);
          setValue(state, hasNextSlot, scope.hasNext);
        }
        body(state);
      }
    } catch (error) {
      if (!(error instanceof StopCommand && error.ends(scope))) throw error;
    } finally {
      restore(state, slot, before);
      restore(state, scopeSlot, scope.parent ?? scope.replaced);
      if (counted) {
        restore(state, countSlot, countBefore);
        restore(state, hasNextSlot, hasNextBefore);
      }
    }
  };
};
