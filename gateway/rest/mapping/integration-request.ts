import { mediaTypeOf } from '../../mapping/media-type.ts';
import { firstValue } from '../../mapping/request-headers.ts';
import type { RestIntegration } from '../../model/rest-api.ts';
import type { ReportMistake } from '../compile-method.ts';
import type { RestContext } from '../context.ts';
import { configurationError, RestError } from '../gateway-response.ts';
import { convertRequestBody } from './content-handling.ts';
import { compileMappingTemplate } from './mapping-template.ts';
import { compileRequestParameters, withOverrides } from './request-parameters.ts';
import { chooseRequestTemplate } from './template-selection.ts';

/**
 * Compiles what a non-proxy integration makes of a request: the choice of a template comes first, so that a body that is
 * refused maps nothing; then the body is converted and rendered; then come the parameters, and last the overrides.
 */
export const compileIntegrationRequest = (
  integration: RestIntegration,
  report: ReportMistake,
): ((context: RestContext) => void) => {
  const templates = new Map(
    Object.entries(integration.requestTemplates).map(([type, source]) => [
      type.toLowerCase(),
      compileMappingTemplate(source, 'request', (reason) =>
        report(`the request template for ${type} cannot be read, ${reason}`, integration.place),
      ),
    ]),
  );
  const parameters = compileRequestParameters(integration, report);
  return (context) => {
    const contentType = mediaTypeOf(firstValue(context.headers, 'content-type') ?? 'application/json');
    const template = chooseRequestTemplate(templates, integration.passthroughBehavior, contentType);
    if (template === 'unsupported-media-type') {
      throw new RestError('UNSUPPORTED_MEDIA_TYPE', { reason: 'No request template matches the content type' });
    }
    const isBinary = context.variant!.isBinary(contentType);
    const body = convertRequestBody(integration.contentHandling, context.body, isBinary);
    if (template === 'pass-through') context.payload = body;
    else if (typeof body === 'string') context.payload = template(context, body);
    else throw configurationError('Unable to transform request: the body is binary, which no template reads');
    context.parameters = withOverrides(parameters(context), context);
  };
};
