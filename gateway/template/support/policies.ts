import { parametersOf, policyTemplates } from '../sam/roles/policy-templates/policy-template.ts';
import { entry, isMap, type Plain } from '../text/plain.ts';
import { all, differently, fields, free, honoured, type SupportNode } from './node.ts';

const kept = differently('kept; what functions may do is not enforced');

/** SAM fills in the parameters that a policy template has, and passes over all others. */
const byTemplate = (value: Plain): SupportNode => {
  const name = isMap(value) ? (Object.keys(value)[0] ?? '') : '';
  const template = entry(policyTemplates, name);
  return template ? fields({ [name]: fields(all(honoured, ...parametersOf(template))) }) : free;
};

/** `Policies` of a function or a state machine: one policy or several. */
export const policies: SupportNode = {
  ...kept,
  judge: (value) =>
    isMap(value) ? { ...byTemplate(value), ...kept } : { ...kept, each: { ...free, judge: byTemplate } },
};
