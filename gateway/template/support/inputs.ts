import type { Place } from '../../model/place.ts';
import { asksAccount } from '../inputs/rule-functions.ts';
import { isBootstrapVersion } from '../inputs/stored-values.ts';
import type { SupportLine } from '../support.ts';
import { entry, isList, isMap, type PlainMap } from '../text/plain.ts';
import { placeOf } from '../text/positions.ts';

/** What of parameters and rules would come from an account. */
export const linesOfInputs = (template: PlainMap, top: Place): readonly SupportLine[] => {
  const line = (property: string, note: string, place: Place | null): SupportLine => ({
    logicalId: '',
    resourceType: '',
    property,
    level: 'differently',
    note,
    place: place ?? top,
  });
  const section = (name: string): PlainMap => {
    const value = entry(template, name);
    return value !== undefined && isMap(value) ? value : {};
  };
  const [parameters, rules] = [section('Parameters'), section('Rules')];
  return [
    ...Object.entries(parameters).flatMap(([name, parameter]) => {
      if (!isMap(parameter) || !/^AWS::SSM::Parameter::Value</.test(String(parameter.Type))) return [];
      const note = isBootstrapVersion(String(parameter.Default))
        ? 'the version of CDK’s bootstrap stack; a new one stands for it where no file of values says otherwise'
        : 'its value comes from the file of values (--values); Parameter Store is not asked';
      return [line(`Parameters.${name}`, note, placeOf(parameters, name))];
    }),
    ...Object.entries(rules).flatMap(([name, rule]) => {
      const assertions = isMap(rule) ? entry(rule, 'Assertions') : undefined;
      return (isList(assertions) ? assertions : []).flatMap((assertion, i) =>
        asksAccount(isMap(assertion) ? (entry(assertion, 'Assert') ?? null) : null) || asksAccount(ruleCondition(rule))
          ? [
              line(
                `Rules.${name}.Assertions.${i}`,
                'it asks the account, and counts as satisfied',
                placeOf(rules, name),
              ),
            ]
          : [],
      );
    }),
  ];
};

const ruleCondition = (rule: PlainMap[string] | undefined): PlainMap[string] =>
  rule !== undefined && isMap(rule) ? (entry(rule, 'RuleCondition') ?? null) : null;

/** A value that comes from elsewhere: from a store, or from another stack. */
export const fromElsewhere = (text: string): Pick<SupportLine, 'level' | 'note'> | null => {
  const service = /\{\{resolve:([^:{}]*):/.exec(text)?.[1];
  if (service === 'ssm')
    return { level: 'differently', note: 'what it refers to comes from the file of values (--values)' };
  if (service === 'secretsmanager') {
    const note = 'it comes from the file of values (--values), or from a secret that the template makes';
    return { level: 'differently', note };
  }
  if (service === 'ssm-secure') {
    const note =
      'it comes from the file of values (--values); AWS takes ssm-secure for few properties, such as passwords';
    return { level: 'differently', note };
  }
  if (text.includes('{{resolve:')) return { level: 'not honoured', note: 'a dynamic reference stays as it is written' };
  const imported = /\{\{import:.*?\}\}/.exec(text);
  if (!imported) return null;
  return {
    level: 'not honoured',
    note: `the value of another stack is not here, ${imported[0]} stands for it; --values can give it`,
  };
};
