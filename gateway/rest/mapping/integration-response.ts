import { mediaTypeOf } from '../../mapping/media-type.ts';
import { firstValue, hasHeader, headerText, isHeaderName } from '../../mapping/request-headers.ts';
import { type OverriddenValues, responseOverrideOf } from '../../mapping/template-context.ts';
import type { RestIntegration, RestIntegrationResponse, RestMethod } from '../../model/rest-api.ts';
import { headerValue } from '../../server/messages.ts';
import type { ReportMistake } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { configurationError } from '../gateway-response.ts';
import { applyHeaderRules, type HeaderRules } from '../response-headers.ts';
import { convertResponseBody, decodeBase64 } from './content-handling.ts';
import { compileMappingTemplate, type MappingTemplate } from './mapping-template.ts';
import { compileResponseParameters } from './response-parameters.ts';
import { compileResponseSelection } from './response-selection.ts';
import { chooseResponseTemplate } from './template-selection.ts';

type TypedTemplate = { readonly contentType: string; readonly render: MappingTemplate };

type CompiledResponse = {
  readonly statusCode: string;
  readonly contentHandling: RestIntegrationResponse['contentHandling'];
  readonly parameters: (context: RestContext) => OverriddenValues;
  readonly templates: ReadonlyMap<string, TypedTemplate>;
};

/**
 * Compiles the integration responses of a non-proxy integration. What selects one of them is the status that came back, or
 * a function's error message.
 */
export const compileIntegrationResponse = (
  integration: RestIntegration,
  method: RestMethod,
  rules: HeaderRules,
  report: ReportMistake,
): ((context: RestContext, selector: string) => void) => {
  const tell = (what: string): void => report(what, integration.place);
  const select = compileResponseSelection(integration.responses, tell);
  const compiled = new Map(integration.responses.map((response) => [response, compileResponse(response, tell)]));
  return (context, selector) => {
    const selected = select(selector);
    if (!selected) {
      throw configurationError(
        `No match for output mapping and no default output mapping configured. Endpoint Response Status Code: ${context.integrationResult!.status}`,
      );
    }
    if (!Object.hasOwn(method.responses, selected.statusCode)) {
      throw configurationError(`Output mapping refers to an invalid method response: ${selected.statusCode}`);
    }
    answer(compiled.get(selected)!, context, rules);
  };
};

const compileResponse = (response: RestIntegrationResponse, report: (what: string) => void): CompiledResponse => ({
  statusCode: response.statusCode,
  contentHandling: response.contentHandling,
  parameters: compileResponseParameters(response.responseParameters, report),
  templates: new Map(
    Object.entries(response.responseTemplates).map(([contentType, source]) => [
      contentType.toLowerCase(),
      {
        contentType,
        render: compileMappingTemplate(source, 'response', (reason) =>
          report(`the template for ${contentType} of the response ${response.statusCode} cannot be read, ${reason}`),
        ),
      },
    ]),
  ),
});

const answer = (response: CompiledResponse, context: RestContext, rules: HeaderRules): void => {
  const template = chooseResponseTemplate(response.templates, firstValue(context.headers, 'accept'));
  const body = template ? rendered(template, response, context) : converted(response.contentHandling, context);
  const mapped = response.parameters(context);
  const override = context.templateContext ? responseOverrideOf(context.templateContext) : null;
  const headers = applyHeaderRules(headerLines(mapped, override?.header), rules);
  if (template && !hasHeader(headers, 'content-type')) headers.push('Content-Type', template.contentType);
  context.response = { status: override?.status ?? Number(response.statusCode), headers, body };
};

/** A template reads text; what it makes is decoded where bytes are asked for. */
const rendered = (
  { render }: TypedTemplate,
  { contentHandling }: CompiledResponse,
  context: RestContext,
): string | Buffer => {
  if (contentHandling === 'CONVERT_TO_BINARY') return decodeBase64(render(context, textOf(context)));
  const body = converted(contentHandling, context);
  if (typeof body === 'string') return render(context, body);
  throw configurationError('Unable to transform response: the body is binary, which no template reads');
};

const textOf = ({ integrationResult }: RestContext): string => integrationResult!.body.toString();

const converted = (handling: CompiledResponse['contentHandling'], context: RestContext): string | Buffer => {
  const { body, headers } = context.integrationResult!;
  return convertResponseBody(handling, body, {
    isBinary: context.variant!.isBinary,
    contentType: mediaTypeOf(headerValue(headers, 'content-type') ?? 'application/json'),
    accept: mediaTypeOf(firstValue(context.headers, 'accept') ?? ''),
  });
};

const headerLines = (mapped: OverriddenValues, override: OverriddenValues | undefined): string[] => {
  const replaced = new Set([...(override?.keys() ?? [])].map((name) => name.toLowerCase()));
  const flat: string[] = [];
  const add = (name: string, values: readonly string[]): void => {
    if (!isHeaderName(name)) return;
    for (const value of values) {
      const text = headerText(value);
      if (text !== null) flat.push(name, text);
    }
  };
  for (const [name, values] of mapped) if (!replaced.has(name.toLowerCase())) add(name, values);
  for (const [name, values] of override ?? []) add(name, values);
  return flat;
};
