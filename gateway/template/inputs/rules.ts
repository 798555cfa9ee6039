import type { Lookup } from '../intrinsics/call.ts';
import { didYouMean, type Problems } from '../problems.ts';
import { describe, entry, isList, isMap, type Plain, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';
import { holds, type RuleScope } from './rule-functions.ts';

/**
 * Checks the section Rules: a violated assertion is refused, as CloudFormation refuses the parameters before it makes
 * anything. An assertion that asks for attributes of the account's resources counts as satisfied; `check` says so.
 */
export const checkRules = (
  template: PlainMap,
  parameters: ReadonlyMap<string, Plain>,
  pseudo: Lookup,
  problems: Problems,
): void => {
  const rules = entry(template, 'Rules');
  if (rules === undefined || rules === null) return;
  if (!isMap(rules)) {
    problems.add(
      `The section Rules must be a map, not ${describe(rules)}.`,
      placeOf(template, 'Rules'),
      'Name each rule.',
    );
    return;
  }
  const declared = entry(template, 'Parameters');
  const definitions = isMap(declared ?? null) ? (declared as PlainMap) : {};
  const scope: RuleScope = {
    ref(name) {
      const value = name.startsWith('AWS::') ? pseudo.ref(name) : parameters.get(name);
      return typeof value === 'symbol' ? undefined : value;
    },
    refAll: (type) =>
      Object.entries(definitions).flatMap(([name, definition]) => {
        const value = isMap(definition) && definition.Type === type ? parameters.get(name) : undefined;
        return value === undefined ? [] : isList(value) ? value : [value];
      }),
    names: () => parameters.keys(),
    problems,
  };
  for (const [name, rule] of Object.entries(rules)) checkRule(name, rule, rules, scope);
};

const parts = ['RuleCondition', 'Assertions'];

const checkRule = (name: string, rule: Plain, rules: PlainMap, scope: RuleScope): void => {
  const { problems } = scope;
  const place = placeOf(rules, name);
  const assertions = isMap(rule) ? entry(rule, 'Assertions') : undefined;
  if (!isMap(rule) || !isList(assertions)) {
    problems.add(`The rule ${name} has no list of Assertions.`, place, 'Write Assertions: [{Assert: …}].');
    return;
  }
  for (const key of Object.keys(rule)) {
    if (!parts.includes(key))
      problems.add(
        `The rule ${name} has ${key}.`,
        placeOf(rule, key),
        `It can have ${parts.join(' and ')}.${didYouMean(key, parts)}`,
      );
  }
  const condition = entry(rule, 'RuleCondition');
  const isAsked = condition === undefined || holds(condition, scope, placeOf(rule, 'RuleCondition'));
  assertions.forEach((assertion, i) => {
    const at = placeOf(assertions, i) ?? place;
    const assert = isMap(assertion) ? entry(assertion, 'Assert') : undefined;
    if (!isMap(assertion) || assert === undefined) {
      problems.add(`Assertion ${i + 1} of the rule ${name} has no Assert.`, at, 'Write Assert: {Fn::…: …}.');
      return;
    }
    const description = entry(assertion, 'AssertDescription');
    // It is read in any case, so that a mistake in it shows; it counts where the rule applies for certain.
    const answer = holds(assert, scope, placeOf(assertion, 'Assert') ?? at);
    if (isAsked !== true || answer !== false) return;
    const said = typeof description === 'string' ? `: ${description.replace(/\.$/, '')}` : '';
    problems.add(
      `The rule ${name} does not hold${said}.`,
      placeOf(assertion, 'Assert') ?? at,
      'Give its parameters other values.',
    );
  });
};
