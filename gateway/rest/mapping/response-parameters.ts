import type { OverriddenValues } from '../../mapping/template-context.ts';
import type { RestIntegrationResponse } from '../../model/rest-api.ts';
import type { RestContext } from '../context.ts';
import { configurationError } from '../gateway-response.ts';
import { compileParameterSource } from './parameter-source.ts';

const target = 'method.response.header.';

const none: OverriddenValues = new Map();

/** Compiles an integration response's `responseParameters`. What a source lacks, or has empty, is not sent. */
export const compileResponseParameters = (
  parameters: RestIntegrationResponse['responseParameters'],
  report: (what: string) => void,
): ((context: RestContext) => OverriddenValues) => {
  const mappings = Object.entries(parameters).flatMap(([name, expression]) =>
    name.startsWith(target)
      ? [{ name: name.slice(target.length), expression, source: compileParameterSource(expression) }]
      : [],
  );
  for (const { expression, source } of mappings) if (!source) report(`${expression} is no mapping expression`);
  if (mappings.length === 0) return () => none;
  return (context) => {
    const mapped = new Map<string, readonly string[]>();
    for (const { name, expression, source } of mappings) {
      // AWS does not take such a mapping in the first place.
      if (!source) throw configurationError(`Invalid mapping expression specified: ${expression}`);
      const value = source(context);
      if (value !== undefined && value !== '') mapped.set(name, [value]);
    }
    return mapped;
  };
};
