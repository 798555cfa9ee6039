import { type OverriddenValues, requestOverrideOf } from '../../mapping/template-context.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import type { ReportMistake } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { configurationError } from '../gateway-response.ts';
import { compileParameterSource } from './parameter-source.ts';

/** What an integration is sent beside its payload, by name; several values where a list was mapped. */
export type RequestParameters = {
  readonly header: OverriddenValues;
  readonly querystring: OverriddenValues;
  readonly path: OverriddenValues;
};

type Position = keyof RequestParameters;
type Mapping = {
  readonly position: Position;
  readonly name: string;
  readonly values: (context: RestContext) => readonly string[] | undefined;
};

export const noParameters: RequestParameters = { header: new Map(), querystring: new Map(), path: new Map() };

/** Compiles an integration's `requestParameters`. What a source lacks, or has empty, is not sent. */
export const compileRequestParameters = (
  integration: RestIntegration,
  report: ReportMistake,
): ((context: RestContext) => RequestParameters) => {
  const mappings: Mapping[] = [];
  for (const [target, expression] of Object.entries(integration.requestParameters)) {
    const match = /^integration\.request\.(header|querystring|path)\.(.+)$/.exec(target);
    const values = compileValues(expression);
    if (!match || !values) {
      const odd = match ? expression : target;
      report(`${odd} is no mapping expression`, integration.place);
      return invalid(odd);
    }
    mappings.push({ position: match[1] as Position, name: match[2]!, values });
  }
  if (mappings.length === 0) return () => noParameters;
  return (context) => {
    const mapped = { header: new Map(), querystring: new Map(), path: new Map() } as const satisfies RequestParameters;
    for (const { position, name, values } of mappings) {
      const found = values(context);
      if (found && found.length > 0) mapped[position].set(name, found);
    }
    return mapped;
  };
};

/** AWS does not take such a mapping in the first place. */
const invalid = (expression: string) => (): RequestParameters => {
  throw configurationError(`Invalid mapping expression specified: ${expression}`);
};

const compileValues = (expression: string): Mapping['values'] | null => {
  const list = /^method\.request\.multivaluequerystring\.(.+)$/.exec(expression)?.[1];
  if (list !== undefined) return (context) => context.query.get(list);
  const source = compileParameterSource(expression);
  return (
    source &&
    ((context) => {
      const value = source(context);
      return value === undefined || value === '' ? undefined : [value];
    })
  );
};

/** Puts what the request template overrides in the place of what is mapped: the template has the last word. */
export const withOverrides = (mapped: RequestParameters, context: RestContext): RequestParameters => {
  if (!context.templateContext) return mapped;
  const { header, querystring, path } = requestOverrideOf(context.templateContext);
  if (header.size === 0 && querystring.size === 0 && path.size === 0) return mapped;
  return {
    header: overlaid(mapped.header, header, (name) => name.toLowerCase()),
    querystring: overlaid(mapped.querystring, querystring, (name) => name),
    path: overlaid(mapped.path, path, (name) => name),
  };
};

const overlaid = (
  mapped: OverriddenValues,
  override: OverriddenValues,
  keyOf: (name: string) => string,
): OverriddenValues => {
  if (override.size === 0) return mapped;
  const replaced = new Set([...override.keys()].map(keyOf));
  return new Map([...[...mapped].filter(([name]) => !replaced.has(keyOf(name))), ...override]);
};
